using System.Globalization;
using System.Text.RegularExpressions;
using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>A stranger types what README and guides say, and sees what they show. A class for each page, so that several are read at once.</summary>
public abstract partial class WalkthroughTests(string path, int fewestOutputs, params string[] tools)
{
    [Fact]
    public async Task Walkthrough_TypedAsWritten_PrintsWhatThePageShows()
    {
        foreach (string tool in tools)
            Assert.SkipUnless(Machine.Has(tool), $"{tool} is not on this machine.");
        await using var machine = new ReaderMachine();
        await using ShellSession shell = machine.OpenShell();

        int compared = await new Walkthrough(MarkdownPage.Read(path), shell, machine.ToRun, machine.ToPage).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(compared >= fewestOutputs, $"{path} shows {compared} outputs only.");
        if (path == "README.md")
            await AssertAnswersWereAsDeclaredAsync(machine, shell);
    }

    // What `up` started still runs. It holds answers to the document: all of those that were seen were as it declares them.
    private static async Task AssertAnswersWereAsDeclaredAsync(ReaderMachine machine, ShellSession shell)
    {
        string metrics = await shell.RunAsync(machine.ToRun("curl -s http://127.0.0.1:8081/metrics | grep '^headgate_response_'\n"), TestContext.Current.CancellationToken);
        Dictionary<string, int> checks = Counter().Matches(metrics).ToDictionary(match => match.Groups["result"].Value, match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));

        Assert.True(checks.GetValueOrDefault("valid") >= 5, $"Answers were hardly looked at: {metrics}");
        Assert.Equal(checks["valid"], checks.Values.Sum());
        Assert.DoesNotMatch("headgate_response_violations_total.* [1-9]", metrics);
    }

    [GeneratedRegex("""headgate_response_checks_total\{result="(?<result>[a-z_]+)"\} (?<count>[0-9]+)""")]
    private static partial Regex Counter();

    public sealed class Checkout() : WalkthroughTests("docs/guides/checkout.md", 14, "bash", "curl");

    public sealed class Readme() : WalkthroughTests("README.md", 8, "bash", "curl");

    public sealed class SecureAnApi() : WalkthroughTests("docs/guides/secure-an-api.md", 14, "bash", "curl", "node");

    public sealed class SignIn() : WalkthroughTests("docs/guides/sign-in-with-openid-connect.md", 7, "bash", "curl");

    public sealed class InFrontOfYourService() : WalkthroughTests("docs/guides/in-front-of-your-service.md", 12, "bash", "curl", "node");

    public sealed class LimitCallers() : WalkthroughTests("docs/guides/limit-callers.md", 8, "bash", "curl", "node");

    public sealed class Operate() : WalkthroughTests("docs/guides/operate.md", 12, "bash", "curl", "node");

    public sealed class Resilience() : WalkthroughTests("docs/guides/resilience.md", 9, "bash", "curl", "node");

    public sealed class Caching() : WalkthroughTests("docs/guides/caching.md", 9, "bash", "curl", "node");
}
