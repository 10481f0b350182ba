using System.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

public class LoadingSpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Load_TenThousandOperations_StaysInBudget()
    {
        byte[] document = LargeDocument.Generate(10_000);
        var watch = Stopwatch.StartNew();
        LoadResult result = new DocumentLoader(new ExtensionRegistry()).Load(DocumentSource.FromBytes("large.json", document));
        output.WriteLine($"{document.Length / 1024} KiB in {watch.ElapsedMilliseconds} ms");

        Assert.Equal(10_000, result.Document().Operations.Count);
        Assert.Empty(result.Diagnostics.Items);

        // The budget on a free machine is 0.8 s; tests share theirs with others.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }
}
