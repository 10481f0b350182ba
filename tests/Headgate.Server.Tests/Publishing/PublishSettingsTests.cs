using Headgate.Server.Reporting;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Publishing;

/// <summary>Published documents in the whole program: what the settings of an instance do, and what listings say.</summary>
public sealed class PublishSettingsTests : IDisposable
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Things, version: "1" }
        x-gateway-config: { publish: { page: false } }
        paths:
          /things:
            get: { operationId: things, x-gateway-static: { body: [] }, responses: { "200": { description: ok } } }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", 200, 404, "/openapi/things.json")]
    [InlineData("publish.path=/meta", 404, 200, "/meta/openapi/things.json")]
    [InlineData("publish.enabled=false", 404, 404, null)]
    [InlineData("issuer=https://api.example", 200, 404, "https://api.example/openapi/things.json")]
    public async Task Settings_SayWhereDocumentsAre(string setting, int root, int meta, string? linked)
    {
        await using TestGateway gateway = await StartAsync(setting);
        Assert.Equal((root, meta), (await StatusAsync(gateway, "/openapi.json"), await StatusAsync(gateway, "/meta/openapi.json")));
        if (linked is null)
            Assert.Equal(404, await StatusAsync(gateway, "/.well-known/api-catalog"));
        else
            Assert.Contains($"\"href\":\"{linked}\"", await gateway.Client.GetStringAsync("/.well-known/api-catalog", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_ShowWhoAnswersAndWhy()
    {
        await using TestGateway gateway = await StartAsync("");
        RouteReport[] routes = [.. RouteListing.Of(gateway.Host.Reloader.Current.Plan)];
        Assert.Equal(
            [
                "GET /things: answers 200 application/json from the document",
                "GET /openapi.json: Headgate itself: publishes the first document that says so",
                "GET /openapi/{api}.json: Headgate itself: publishes a document by its name",
                "GET /.well-known/api-catalog: Headgate itself: lists the APIs",
            ],
            routes.Select(route => $"{route.Method} {route.Path}: {route.Backend}"));
        Assert.All(BuiltInReport.Of(gateway.Host.Reloader.Current.Plan), report => Assert.Equal("x-gateway-config.publish of things asks for it", report.Reason));
    }

    private static async Task<int> StatusAsync(TestGateway gateway, string path)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private Task<TestGateway> StartAsync(string setting) =>
        TestGateway.StartAsync(_directory.Write("things.yaml", Document), new Uri("http://127.0.0.1:1"), setting.Length == 0 ? [] : [setting]);
}
