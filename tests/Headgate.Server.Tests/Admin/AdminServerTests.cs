using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

public class AdminServerTests
{
    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Probe_WithoutKey_IsAnswered(string path)
    {
        await using Setup setup = await Setup.StartAsync();
        using HttpResponseMessage response = await setup.Gateway.Admin.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        using HttpResponseMessage headResponse = await setup.Gateway.Admin.SendAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, headResponse.StatusCode);
    }

    [Fact]
    public async Task Metrics_AfterARequest_CountIt()
    {
        await using Setup setup = await Setup.StartAsync();
        Assert.Equal("hello", await setup.Gateway.Client.GetStringAsync("/pets", TestContext.Current.CancellationToken));
        await Until.TrueAsync(
            async () => (await setup.Gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n')
                .Any(line => line.Contains("listPets", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal)),
            "the request is counted");
    }

    [Fact]
    public async Task ProbesListener_OfItsOwn_HasProbesAlone()
    {
        await using Setup setup = await Setup.StartAsync("probes=http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = new Uri(setup.Gateway.Host.ProbesAddress!.ToString()) };
        using HttpResponseMessage ready = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using HttpRequestMessage request = WithKey(HttpMethod.Get, "/admin/v1/status");
        using HttpResponseMessage status = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, status.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Authorization", "Bearer wrong-key")]
    [InlineData("Authorization", "Basic " + TestGateway.AdminKeyText)]
    [InlineData("X-Admin-Key", "wrong-key")]
    public async Task AdminApi_WithoutTheKey_Is401(string? header, string? value)
    {
        await using Setup setup = await Setup.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/status");
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("UNAUTHORIZED", (await ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + TestGateway.AdminKeyText)]
    [InlineData("X-Admin-Key", TestGateway.AdminKeyText)]
    public async Task Status_WithTheKey_ShowsTheInstance(string header, string value)
    {
        await using Setup setup = await Setup.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/status");
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        JsonElement status = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("ready", status.GetProperty("state").GetString());
        Assert.Equal(1, status.GetProperty("generation").GetInt32());
        Assert.Equal(setup.Gateway.Host.Addresses[0].ToString(), status.GetProperty("listen")[0].GetString());
        JsonElement document = status.GetProperty("documents")[0];
        Assert.Equal(("serving", "Pets", 1), (document.GetProperty("state").GetString(), document.GetProperty("title").GetString(), document.GetProperty("operations").GetInt32()));
    }

    [Fact]
    public async Task AdminApi_ByANameThatIsNotItsOwn_Is421()
    {
        await using Setup setup = await Setup.StartAsync();
        using HttpRequestMessage request = WithKey(HttpMethod.Get, "/admin/v1/status");
        request.Headers.Host = "rebound.example";
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Fact]
    public async Task AdminApi_FromAPageOfAnotherOrigin_Is403()
    {
        await using Setup setup = await Setup.StartAsync();
        using HttpRequestMessage request = WithKey(HttpMethod.Post, "/admin/v1/reload");
        request.Headers.Add("Origin", "https://evil.example");
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Null(setup.Gateway.Host.Reloader.Last);
    }

    [Fact]
    public async Task WrongKeys_TooMany_Are429EvenForTheRightOne()
    {
        await using Setup setup = await Setup.StartAsync();
        for (int i = 0; i < 10; i++)
        {
            using var wrong = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/status") { Headers = { { "X-Admin-Key", $"guess-{i}" } } };
            using HttpResponseMessage refused = await setup.Gateway.Admin.SendAsync(wrong, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using HttpRequestMessage right = WithKey(HttpMethod.Get, "/admin/v1/status");
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(right, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Reload_OfABrokenDocument_Is422WithItsFindings()
    {
        await using Setup setup = await Setup.StartAsync("reload.watch=false");
        System.IO.File.WriteAllText(setup.File, Samples.Broken);
        using HttpRequestMessage request = WithKey(HttpMethod.Post, "/admin/v1/reload");
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        JsonElement reply = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        JsonElement document = reply.GetProperty("documents")[0];
        Assert.Equal("serving earlier version", document.GetProperty("state").GetString());
        Assert.Equal("error", document.GetProperty("findings")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Routes_Asked_AreThoseOfThePlan()
    {
        await using Setup setup = await Setup.StartAsync();
        using HttpRequestMessage request = WithKey(HttpMethod.Get, "/admin/v1/routes");
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        JsonElement route = Assert.Single((await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).EnumerateArray());
        Assert.Equal(("GET", "/pets", "listPets", "public"), (Text(route, "method"), Text(route, "path"), Text(route, "operation"), Text(route, "security")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"method\":\"GET\",\"url\":\"/\",\"headers\":[\"no colon\"]}")]
    public async Task Explain_OfWhatIsNoRequest_Is400(string body)
    {
        await using Setup setup = await Setup.StartAsync();
        using HttpRequestMessage request = WithKey(HttpMethod.Post, "/admin/v1/explain");
        request.Content = new StringContent(body);
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task AdminApi_UnknownPath_IsAProblem()
    {
        await using Setup setup = await Setup.StartAsync();
        using HttpRequestMessage request = WithKey(HttpMethod.Get, "/admin/v2");
        using HttpResponseMessage response = await setup.Gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("NOT_FOUND", (await ProblemAsync(response)).GetProperty("code").GetString());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static HttpRequestMessage WithKey(HttpMethod method, string path) => new(method, path) { Headers = { { "X-Admin-Key", TestGateway.AdminKeyText } } };

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private sealed class Setup : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory;
        private readonly TestUpstream _upstream;

        private Setup(TestGateway gateway, TestUpstream upstream, TemporaryDirectory directory) => (Gateway, _upstream, _directory) = (gateway, upstream, directory);

        public TestGateway Gateway { get; }

        public string File => _directory.PathOf("pets.yaml");

        public static async Task<Setup> StartAsync(params string[] settings)
        {
            TestUpstream upstream = await TestUpstream.StartAsync();
            var directory = new TemporaryDirectory();
            return new Setup(await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url, settings), upstream, directory);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _upstream.DisposeAsync();
            _directory.Dispose();
        }
    }
}
