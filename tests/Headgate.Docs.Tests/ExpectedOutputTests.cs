using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>The comparison of the walkthroughs forgives what differs from run to run, and nothing else.</summary>
public class ExpectedOutputTests
{
    [Theory]
    [InlineData("one line", "one line\n")]
    [InlineData("first\n…\nlast", "first\na\nb\nlast")]
    [InlineData("first\n…\nlast", "first\nlast")]
    [InlineData("first\n…", "first\na\nb")]
    [InlineData("{\"id\":\"1\",…}", "{\"id\":\"1\",\"name\":\"Rex\"}")]
    [InlineData("id 00000000-2006-796d-8b9d-356068f1716a", "id 01a1f8d3-2006-796d-8b9d-356068f1716a")]
    [InlineData("Date: Fri, 20 Nov 2026 12:01:42 GMT", "Date: Sat, 02 Jan 2027 00:00:00 GMT\r")]
    [InlineData("Reloaded in 7.2 ms; plan 3 is in force", "Reloaded in 12 ms; plan 4 is in force")]
    public void Output_ThatDiffersFromRunToRun_Matches(string page, string printed) =>
        Assert.True(ExpectedOutput.Matches(page.Split('\n'), printed));

    [Theory]
    [InlineData("status 404", "status 405")]
    [InlineData("first\nlast", "first\nelse\nlast")]
    [InlineData("first\n…\nlast", "first\na")]
    [InlineData("first", "first\nmore")]
    [InlineData("Reloaded without errors", "Reloaded with errors")]
    [InlineData("…tail", "tail of something")]
    public void Output_ThatIsAnother_DoesNotMatch(string page, string printed) =>
        Assert.False(ExpectedOutput.Matches(page.Split('\n'), printed));
}
