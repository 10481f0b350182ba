using System.Net;
using Headgate.Server.Documents;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Documents;

public class ReloadTests
{
    [Fact]
    public async Task Reloads_AHundredUnderLoad_FailNoRequest()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = directory.Write("pets.yaml", Samples.Pets);
        await using TestGateway gateway = await TestGateway.StartAsync(file, upstream.Url, "reload.watch=false");
        using var stop = new CancellationTokenSource();
        int[] served = new int[8];
        Task[] load = [.. Enumerable.Range(0, served.Length).Select(i => Task.Run(() => LoadAsync(gateway.Client, served, i, stop.Token)))];
        await Until.TrueAsync(() => Array.TrueForAll(served, count => count > 0), "every client is served");

        for (int i = 0; i < 100; i++)
        {
            File.WriteAllText(file, i % 2 == 0 ? Samples.PetsAndOwners : Samples.Pets);
            ReloadReport report = await gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken);
            Assert.True(report.Succeeded);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(101, gateway.Host.Reloader.Current.Plan.Generation);
        Assert.Equal(100, gateway.Host.Reloader.Succeeded);
    }

    [Fact]
    public async Task Reload_OfABrokenDocument_KeepsTheGoodPlanAndShowsTheError()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = directory.Write("pets.yaml", Samples.Pets);
        await using TestGateway gateway = await TestGateway.StartAsync(file, upstream.Url, "reload.watch=false");

        File.WriteAllText(file, Samples.Broken);
        ReloadReport report = await gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken);
        Assert.False(report.Succeeded);
        Assert.Equal(1, report.Generation);
        ServedDocument document = Assert.Single(gateway.Host.Reloader.Current.Documents);
        Assert.Equal("serving earlier version", document.State);
        Assert.True(document.Latest.Diagnostics.HasErrors);
        Assert.Equal("hello", await gateway.Client.GetStringAsync("/pets", TestContext.Current.CancellationToken));

        File.WriteAllText(file, Samples.PetsAndOwners);
        Assert.True((await gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken)).Succeeded);
        Assert.Equal("hello", await gateway.Client.GetStringAsync("/owners", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reload_OfTwoDocumentsOneBroken_TakesTheOther()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string pets = directory.Write("pets.yaml", Samples.Pets);
        string cars = directory.Write("cars.yaml", Samples.Pets.Replace("ets", "ars", StringComparison.Ordinal));
        ServerOptions options = TestGateway.Options(directory, [pets, cars], [$"upstream={upstream.Url}", "reload.watch=false"]);
        await using TestGateway gateway = await TestGateway.StartAsync(options, new TemporaryDirectory());

        File.WriteAllText(cars, Samples.Broken);
        File.WriteAllText(pets, Samples.PetsAndOwners);
        ReloadReport report = await gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken);
        Assert.False(report.Succeeded);
        Assert.Equal(2, report.Generation);
        foreach (string path in new[] { "/pets", "/owners", "/pars" })
            Assert.Equal("hello", await gateway.Client.GetStringAsync(path, TestContext.Current.CancellationToken));

        // One reload counts once, in the metrics as in the status.
        string metrics = await gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("headgate_reloads_total{result=\"success\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_reloads_total{result=\"failure\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Equal((0, 1), (gateway.Host.Reloader.Succeeded, gateway.Host.Reloader.Failed));
    }

    [Fact]
    public async Task Reload_BesideADocumentThatNeverRan_TellsItsFindingsOnce()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string pets = directory.Write("pets.yaml", Samples.Pets);
        string keyed = directory.Write("keyed.yaml", Samples.Pets.Replace("ets", "ars", StringComparison.Ordinal) + "\nsecurity: [{ forgotten: [] }]\n");
        ServerOptions options = TestGateway.Options(directory, [pets, keyed], [$"upstream={upstream.Url}", "reload.watch=false"]);
        await using TestGateway gateway = await TestGateway.StartAsync(options, new TemporaryDirectory());
        string[] before = Findings(gateway);

        File.WriteAllText(pets, Samples.PetsAndOwners);
        await gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken);
        Assert.NotEmpty(before);
        Assert.Equal(before, Findings(gateway));
        Assert.Equal("hello", await gateway.Client.GetStringAsync("/owners", TestContext.Current.CancellationToken));

        static string[] Findings(TestGateway gateway) => [.. gateway.Host.Reloader.Current.Documents[1].Latest.Diagnostics.Items.Select(item => item.ToString())];
    }

    [Fact]
    public async Task Reload_ThatMakesTwoDocumentsCollide_KeepsTheWholePlan()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string owners = directory.Write("owners.yaml", Samples.Pets.Replace("/pets", "/owners", StringComparison.Ordinal));
        string pets = directory.Write("pets.yaml", Samples.Pets);
        ServerOptions options = TestGateway.Options(directory, [pets, owners], [$"upstream={upstream.Url}", "reload.watch=false"]);
        await using TestGateway gateway = await TestGateway.StartAsync(options, new TemporaryDirectory());

        // The first document now claims what the second serves.
        File.WriteAllText(pets, Samples.PetsAndOwners);
        ReloadReport report = await gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken);
        Assert.False(report.Succeeded);
        Assert.Equal(1, report.Generation);
        foreach (string path in new[] { "/pets", "/owners" })
            Assert.Equal("hello", await gateway.Client.GetStringAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("in place")]
    [InlineData("by renaming")]
    public async Task File_Written_IsReloaded(string how)
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = directory.Write("pets.yaml", Samples.Pets);
        await using TestGateway gateway = await TestGateway.StartAsync(file, upstream.Url);
        if (how == "in place")
        {
            File.WriteAllText(file, Samples.PetsAndOwners);
        }
        else
        {
            File.WriteAllText(file + "~", Samples.PetsAndOwners);
            File.Move(file + "~", file, overwrite: true);
        }

        await ServesOwnersAsync(gateway);

        // The report follows the plan that it tells of.
        await Until.TrueAsync(() => gateway.Host.Reloader.Last is not null, "the reload is reported");
        Assert.Equal("file change", gateway.Host.Reloader.Last!.Trigger);
    }

    // How Kubernetes updates a mounted ConfigMap: the file is a link through a linked directory, and that link is replaced.
    [Fact]
    public async Task File_BehindASwappedDirectoryLink_IsReloaded()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.PathOf("v1"));
        Directory.CreateDirectory(directory.PathOf("v2"));
        directory.Write("v1/pets.yaml", Samples.Pets);
        directory.Write("v2/pets.yaml", Samples.PetsAndOwners);
        Directory.CreateSymbolicLink(directory.PathOf("..data"), "v1");
        File.CreateSymbolicLink(directory.PathOf("pets.yaml"), "..data/pets.yaml");
        await using TestGateway gateway = await TestGateway.StartAsync(directory.PathOf("pets.yaml"), upstream.Url, "reload.poll-interval=100ms");

        Directory.CreateSymbolicLink(directory.PathOf("..data_tmp"), "v2");
        Directory.Delete(directory.PathOf("..data"));
        Directory.Move(directory.PathOf("..data_tmp"), directory.PathOf("..data"));
        await ServesOwnersAsync(gateway);
    }

    [Fact]
    public async Task File_ThatADocumentRefersTo_IsWatchedToo()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.PathOf("parts"));
        string part = directory.Write("parts/owners.yaml", "get: { operationId: listOwners, responses: { \"200\": { description: ok } } }");
        string file = directory.Write("pets.yaml", Samples.Pets + "\n  /owners:\n    $ref: parts/owners.yaml\n");
        await using TestGateway gateway = await TestGateway.StartAsync(file, upstream.Url);
        Assert.Equal("hello", await gateway.Client.GetStringAsync("/owners", TestContext.Current.CancellationToken));

        File.WriteAllText(part, "put: { operationId: putOwners, responses: { \"200\": { description: ok } } }");
        await Until.TrueAsync(async () => (await StatusAsync(gateway, "/owners")) == HttpStatusCode.MethodNotAllowed, "the changed part is in force");
    }

    [Fact]
    public async Task Files_Unchanged_AreNotReloaded()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = directory.Write("pets.yaml", Samples.Pets);
        await using TestGateway gateway = await TestGateway.StartAsync(file, upstream.Url, "reload.poll-interval=50ms");
        directory.Write("unrelated.txt", "x");
        File.WriteAllText(file, Samples.PetsAndOwners);
        await ServesOwnersAsync(gateway);
        await Until.TrueAsync(() => gateway.Host.Reloader.Succeeded == 1, "it was reloaded once");
    }

    private static Task ServesOwnersAsync(TestGateway gateway) =>
        Until.TrueAsync(async () => await StatusAsync(gateway, "/owners") == HttpStatusCode.OK, "the new version is in force");

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string path)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task LoadAsync(HttpClient client, int[] served, int at, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Assert.Equal("hello", await client.GetStringAsync("/pets", TestContext.Current.CancellationToken));
            Interlocked.Increment(ref served[at]);
        }
    }
}
