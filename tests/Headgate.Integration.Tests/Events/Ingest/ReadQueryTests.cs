using Headgate.Integration.Events.Ingest;

namespace Headgate.Integration.Tests.Events.Ingest;

/// <summary>A query is read by the names that were held to the document, and by no others.</summary>
public sealed class ReadQueryTests
{
    [Fact]
    public void Names_InOtherLetters_AreOtherParameters()
    {
        (ReadQuery? read, _) = ReadQuery.Read("?Limit=1000000&AFTER=x&Wait=100000&Type=*", tenant: null);
        Assert.Equal((null, false, 100, TimeSpan.Zero), (read!.After, read.IsLatest, read.Limit, read.Wait));
    }

    [Fact]
    public void Values_AreDecoded_AndWholeNumbersAreSo_HoweverTheyAreWritten()
    {
        (ReadQuery? read, _) = ReadQuery.Read("?li%6Dit=2e1&after=%31&wait=3.0&type=order.%2A", tenant: null);
        Assert.Equal((1, 20, TimeSpan.FromSeconds(3)), (read!.After, read.Limit, read.Wait));
    }
}
