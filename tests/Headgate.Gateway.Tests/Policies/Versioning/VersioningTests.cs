using System.Net;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Routing;
using Headgate.OpenApi.Diagnostics;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Versioning;

/// <summary>Several versions of an API behind one gateway: which of them a request reaches.</summary>
public class VersioningTests
{
    [Theory]
    [InlineData("/orders", null, "v1")]
    [InlineData("/orders", "1", "v1")]
    [InlineData("/orders", "v1", "v1")]
    [InlineData("/orders", "2", "v2")]
    [InlineData("/orders", "V2.0", "v2")]
    [InlineData("/orders/special", "2", "v2")]
    [InlineData("/orders/special", null, "v1")]
    [InlineData("/only-v2", null, "v2")]
    public async Task Request_ReachesTheVersionThatItNames(string path, string? version, string expected)
    {
        await using Versions versions = await Versions.StartAsync("{ version: v1, default: true }", "{ version: v2 }");
        using HttpResponseMessage response = await versions.GetAsync(path, version);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected, response.Headers.GetValues("api-version").Single());
        Assert.Contains("api-version", response.Headers.Vary);
    }

    [Theory]
    [InlineData("/orders", "3", "api-version-unknown")]
    [InlineData("/only-v2", "1", "api-version-unknown")]
    [InlineData("/orders", "", "api-version-unknown")]
    [InlineData("/nothing", "1", "route-not-found")]
    public async Task Request_ForAVersionThatThePathDoesNotHave_IsToldWhichThereAre(string path, string version, string error)
    {
        await using Versions versions = await Versions.StartAsync("{ version: v1, default: true }", "{ version: v2 }");
        using HttpResponseMessage response = await versions.GetAsync(path, version);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"urn:headgate:error:{error}\"", body, StringComparison.Ordinal);
        if (error == "api-version-unknown")
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(path == "/orders" ? "There is: v1, v2." : "There is: v2.", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Request_WithTwoVersions_IsRefused()
    {
        await using Versions versions = await Versions.StartAsync("{ version: v1, default: true }", "{ version: v2 }");
        using RawConnection client = await RawConnection.ConnectAsync(versions.Gateway.Url);
        await client.SendAsync("GET /orders HTTP/1.1\r\nHost: a\r\napi-version: 1\r\napi-version: 2\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, versions.Calls);
    }

    [Fact]
    public async Task Request_WithoutAVersion_WhereNoneIsTheDefault_IsToldWhichThereAre()
    {
        await using Versions versions = await Versions.StartAsync("v1", "v2");
        using HttpResponseMessage response = await versions.GetAsync("/orders", null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("api-version-missing", body, StringComparison.Ordinal);
        Assert.Contains("name one in api-version: v1, v2.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_WithoutAVersion_IsWhatRequestsWithoutOneMean()
    {
        await using Versions versions = await Versions.StartAsync(null, "v2");
        using HttpResponseMessage unnamed = await versions.GetAsync("/orders", null);
        Assert.Equal("v1", await unnamed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using HttpResponseMessage named = await versions.GetAsync("/orders", "2");
        Assert.Equal("v2", await named.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Methods_AreThoseOfTheVersion()
    {
        await using Versions versions = await Versions.StartAsync("{ version: v1, default: true }", "{ version: v2 }");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders");
        request.Headers.Add("api-version", "2");
        using HttpResponseMessage ofV2 = await versions.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, ofV2.StatusCode);
        using HttpResponseMessage ofV1 = await versions.Gateway.Client.PostAsync("/orders", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ofV1.StatusCode);
    }

    [Fact]
    public async Task Path_ThatNamesTheVersion_NeedsNoHeader_AndContradictsNone()
    {
        await using Versions versions = await Versions.StartAsync("{}", "{}", "/api/v1", "/api/v2");
        using HttpResponseMessage second = await versions.GetAsync("/api/v2/orders", null);
        Assert.Equal("v2", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("v2", second.Headers.GetValues("api-version").Single());
        using HttpResponseMessage same = await versions.GetAsync("/api/v2/orders", "2");
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        using HttpResponseMessage other = await versions.GetAsync("/api/v2/orders", "1");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Theory]
    [InlineData("v1", "v1")]
    [InlineData("v1", "\"1.0\"")]
    [InlineData("{ version: v1, default: true }", "{ version: v2, default: true }")]
    public void Documents_ThatClaimOneVersionOfARoute_Collide(string first, string second)
    {
        PlanResult result = TestGateway.Compile(Versions.Nowhere, Versions.Document("v1", first), Versions.Document("v2", second));
        Assert.Contains(result.Documents[1].Diagnostics.Items, item => item.Code == PlanDiagnostics.RouteTaken.Code);
    }

    [Fact]
    public void Version_ThatCannotBeTold_IsAnError()
    {
        PlanResult result = TestGateway.Compile(Versions.Nowhere, Versions.Document("v1", "{}"));
        Diagnostic error = Assert.Single(result.Documents[0].Diagnostics.Items, item => item.Severity == DiagnosticSeverity.Error);
        Assert.Equal("HG2516", error.Code);
    }

    [Theory]
    [InlineData("v2", "2")]
    [InlineData("2.0.0", "2")]
    [InlineData(" V10 ", "10")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("Beta", "BETA")]
    [InlineData("v", "V")]
    [InlineData(".0", ".0")]
    [InlineData("1.0.1", "1.0.1")]
    public void Versions_OfOneMeaning_HaveOneForm(string text, string normal) => Assert.Equal(normal, ApiVersion.Normalise(text));

    /// <summary>Two documents with some of the same paths, each in front of a service that answers with its version.</summary>
    private sealed class Versions : IAsyncDisposable
    {
        private readonly EchoUpstream _first;
        private readonly EchoUpstream _second;

        private Versions(EchoUpstream first, EchoUpstream second, TestGateway gateway) => (_first, _second, Gateway) = (first, second, gateway);

        /// <summary>For documents that are compiled and not served.</summary>
        public static PlanOptions Nowhere { get; } = Services(new Uri("http://127.0.0.1:9"), new Uri("http://127.0.0.1:9"));

        public TestGateway Gateway { get; }

        public int Calls => _first.Requests + _second.Requests;

        public static string Document(string service, string? versioning, string basePath = "/") => $$"""
            openapi: 3.1.0
            info: { title: {{service}}, version: "1" }
            servers: [{ url: "{{basePath}}" }]
            x-gateway-config: { {{(versioning is null ? "" : $"versioning: {versioning}")}} }
            x-gateway-backend: { service: {{service}} }
            paths:
              /orders:
                get: { operationId: list, responses: { "200": { description: ok } } }
                {{(service == "v1" ? "post: { operationId: create, responses: { \"201\": { description: ok } } }" : "")}}
              /orders/{{(service == "v1" ? "{id}" : "special")}}:
                get: { operationId: one, {{(service == "v1" ? "parameters: [{ name: id, in: path, required: true, schema: {} }]," : "")}} responses: { "200": { description: ok } } }
              /only-{{service}}:
                get: { operationId: only, responses: { "200": { description: ok } } }
            """;

        public static async Task<Versions> StartAsync(string? first, string? second, string firstBase = "/", string secondBase = "/")
        {
            EchoUpstream v1 = await EchoUpstream.StartAsync(context => context.Response.WriteAsync("v1"));
            EchoUpstream v2 = await EchoUpstream.StartAsync(context => context.Response.WriteAsync("v2"));
            TestGateway gateway = await TestGateway.StartAsync(Document("v1", first, firstBase), Services(v1.Url, v2.Url));
            gateway.Reload(Document("v1", first, firstBase), Document("v2", second, secondBase));
            return new Versions(v1, v2, gateway);
        }

        public async Task<HttpResponseMessage> GetAsync(string path, string? version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (version is not null)
                request.Headers.TryAddWithoutValidation("api-version", version);
            return await Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        private static PlanOptions Services(Uri v1, Uri v2) => new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["v1"] = [v1], ["v2"] = [v2] } };

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _first.DisposeAsync();
            await _second.DisposeAsync();
        }
    }
}
