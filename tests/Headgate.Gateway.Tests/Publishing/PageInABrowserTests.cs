using System.Diagnostics;

namespace Headgate.Gateway.Tests.Publishing;

/// <summary>The page as a browser shows it that reaches nothing but the gateway.</summary>
public class PageInABrowserTests
{
    private const string Browser = "/usr/bin/chromium";

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.0")]
    [InlineData("3.2.0")]
    public async Task Page_ShowsTheOperations_WithoutTheInternet(string version)
    {
        Assert.SkipUnless(File.Exists(Browser), "Chromium is not on this machine: apt-get install --no-install-recommends chromium.");
        await using TestGateway gateway = await PublishingTests.StartAsync(PublishingTests.Document("Things & <more>", "publish: true").Replace("openapi: 3.1.0", $"openapi: {version}", StringComparison.Ordinal));
        (string page, string log) = await ShowAsync(new Uri(gateway.Url, "/docs"));

        Assert.Contains("Things &amp; &lt;more&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Lists all things", page, StringComparison.Ordinal);
        Assert.Contains("operations-default-listThings", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Content Security Policy", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed to load resource", log, StringComparison.Ordinal);
    }

    // Prints the page's elements once it has come to rest. No name but the gateway's own address leads anywhere.
    private static async Task<(string Page, string Log)> ShowAsync(Uri url)
    {
        string profile = Directory.CreateTempSubdirectory("headgate-browser-").FullName;
        try
        {
            string[] arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={profile}", "--enable-logging=stderr",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=20000", "--dump-dom", url.ToString(),
            ];
            using Process process = Process.Start(new ProcessStartInfo(Browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            timeout.CancelAfter(s_longest);
            Task<string> page = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> log = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (await page, await log);
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
