using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Publishing;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Publishing;

/// <summary>Which documents clients may read, where they are, and what stays as it was for those that nobody may read.</summary>
public class PublishingTests
{
    private static readonly PlanOptions s_upstream = new() { Upstream = new Uri("http://127.0.0.1:1") };

    private static readonly string[] s_paths = ["/openapi.json", "/openapi/api.json", "/docs", "/docs/page.js", "/.well-known/api-catalog"];

    [Fact]
    public async Task Document_IsPublished_WhenItSaysSo_AndOnlyThen()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        Assert.All(await StatusesAsync(gateway), status => Assert.Equal(200, status));

        gateway.Reload(Document("Orders", "publish: false"));
        Assert.All(await StatusesAsync(gateway), status => Assert.Equal(404, status));

        gateway.Reload(Document("Orders", ""));
        Assert.All(await StatusesAsync(gateway), status => Assert.Equal(404, status));
    }

    // A document that asks, and turns out not to run, has taken the paths and has nothing to show.
    [Fact]
    public async Task Document_ThatAsksAndDoesNotRun_LeavesNothingToShow()
    {
        PlanResult result = Compile(new PublishOptions(), Document("Orders", "publish: true, services: { none: {} }"));
        Assert.NotEmpty(result.Documents[0].Diagnostics.Items);
        ApiPlan own = result.Plan.Apis.Single(api => api.Name == "headgate-documents");
        foreach (OperationPlan operation in own.Operations)
        {
            GatewayContext context = TestRequest.Ended(operation, "/openapi.json");
            context.Reset(result.Plan, 0);
            context.PathValues.Begin("/openapi/api1.json");
            context.PathValues.Push("/openapi/".Length, "api1".Length);
            await operation.Handler.HandleAsync(context);
            Assert.Equal(ErrorCatalogue.RouteNotFound, context.Failure!.Kind);
        }
    }

    [Fact]
    public async Task Instance_MaySwitchItOff()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"), new PublishOptions { Enabled = false });
        Assert.All(await StatusesAsync(gateway), status => Assert.Equal(404, status));
    }

    [Fact]
    public async Task Published_IsTheCleanDocument()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true, services: { ledger: { url: http://10.0.0.9 } }", "servers: [{ url: https://api.internal/v1 }]"));
        using HttpResponseMessage response = await GetAsync(gateway, "/openapi.json");
        JsonElement document = await JsonAsync(response);
        Assert.Equal(("application/json", "no-cache"), (response.Content.Headers.ContentType!.ToString(), response.Headers.CacheControl!.ToString()));
        Assert.Equal("""[{"url":"/v1"}]""", document.GetProperty("servers").GetRawText());
        Assert.DoesNotContain("x-gateway", document.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.9", document.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_AreEachAtTheirName_AndTheFirstAtTheWellKnownOne()
    {
        await using TestGateway gateway = await StartAsync(Document("Private", "", "servers: [{ url: /private }]"));
        gateway.Reload(Document("Private", "", "servers: [{ url: /private }]"), Document("Orders", "publish: { page: false }", "servers: [{ url: /v1 }]"), Document("Users", "publish: { catalog: false }", "servers: [{ url: /users }]"));
        Assert.Equal("Orders", await TitleAsync(gateway, "/openapi.json"));
        Assert.Equal("Orders", await TitleAsync(gateway, "/openapi/api2.json"));
        Assert.Equal("Users", await TitleAsync(gateway, "/openapi/api3.json"));
        foreach (string path in new[] { "/openapi/api.json", "/openapi/headgate-documents.json", "/openapi/a%2fapi2.json", "/openapi/.json", "/openapi/%ff.json" })
        {
            using HttpResponseMessage missing = await GetAsync(gateway, path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, missing.StatusCode));
        }

        using HttpResponseMessage shown = await GetAsync(gateway, "/docs/apis.json");
        Assert.Equal("""[{"name":"api3","title":"Users","path":"openapi/api3.json"}]""", (await JsonAsync(shown)).GetRawText());
        using HttpResponseMessage listed = await GetAsync(gateway, "/.well-known/api-catalog");
        Assert.Equal("""{"linkset":[{"anchor":"/.well-known/api-catalog","item":[{"href":"/v1","title":"Orders"}]},{"anchor":"/v1","service-desc":[{"href":"/openapi/api2.json","type":"application/json","title":"Orders"}]}]}""", (await JsonAsync(listed)).GetRawText());
    }

    // RFC 9727 §2 and §4, RFC 9264 §4.2.
    [Theory]
    [InlineData(null, "")]
    [InlineData("https://api.example", "https://api.example")]
    public async Task Catalog_IsALinkset_AndHeadHasTheLink(string? origin, string before)
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"), new PublishOptions { Origin = origin is null ? null : new Uri(origin) });
        using HttpResponseMessage get = await GetAsync(gateway, "/.well-known/api-catalog", ("Host", "attacker.example"));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/.well-known/api-catalog");
        using HttpResponseMessage head = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"", get.Content.Headers.ContentType!.ToString());
        Assert.Equal($"<{before}/.well-known/api-catalog>; rel=\"api-catalog\"", head.Headers.GetValues("Link").Single());
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        JsonElement place = (await JsonAsync(get)).GetProperty("linkset")[1];
        Assert.Equal($"{before}/", place.GetProperty("anchor").GetString());
        Assert.Equal($"{before}/openapi/api.json", place.GetProperty("service-desc")[0].GetProperty("href").GetString());
        Assert.Equal($"{before}/docs?api=api", place.GetProperty("service-doc")[0].GetProperty("href").GetString());
    }

    [Fact]
    public async Task ConditionalRequests_AndCodings_HoldForAllOfIt()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true", $"externalDocs: {{ url: /x, description: {new string('x', 2000)} }}"));
        foreach (string path in new[] { "/openapi.json", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css" })
        {
            var tags = new HashSet<string>();
            foreach (string coding in new[] { "identity", "gzip", "br" })
            {
                using HttpResponseMessage whole = await GetAsync(gateway, path, ("Accept-Encoding", coding));
                Assert.Equal(coding == "identity" ? [] : new[] { coding }, whole.Content.Headers.ContentEncoding);
                Assert.Contains("Accept-Encoding", whole.Headers.Vary);
                Assert.True(tags.Add(whole.Headers.ETag!.ToString()));
                using HttpResponseMessage again = await GetAsync(gateway, path, ("Accept-Encoding", coding), ("If-None-Match", whole.Headers.ETag!.ToString()));
                Assert.Equal((HttpStatusCode.NotModified, whole.Headers.ETag, 0), (again.StatusCode, again.Headers.ETag, (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
                Assert.Empty(again.Content.Headers.ContentEncoding);
                using HttpResponseMessage failed = await GetAsync(gateway, path, ("Accept-Encoding", coding), ("If-Match", "\"other\""));
                Assert.Equal(412, (int)failed.StatusCode);
                Assert.Empty(failed.Content.Headers.ContentEncoding);
            }
        }
    }

    // Compressed once, the same bytes as without.
    [Fact]
    public async Task Coding_IsThatOfTheSameBytes()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        using var decoding = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = gateway.Url };
        Assert.Equal(
            await gateway.Client.GetByteArrayAsync("/docs/swagger-ui-bundle.js", TestContext.Current.CancellationToken),
            await decoding.GetByteArrayAsync("/docs/swagger-ui-bundle.js", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reload_PublishesTheNewDocument()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        using HttpResponseMessage before = await GetAsync(gateway, "/openapi.json");
        gateway.Reload(Document("Orders, second edition", "publish: true"));
        using HttpResponseMessage after = await GetAsync(gateway, "/openapi.json", ("If-None-Match", before.Headers.ETag!.ToString()));
        Assert.Equal((HttpStatusCode.OK, "Orders, second edition"), (after.StatusCode, (await JsonAsync(after)).GetProperty("info").GetProperty("title").GetString()));
    }

    // A gateway serves any document unchanged: one that has these paths itself keeps them, for as long as nobody asks for Headgate's.
    [Fact]
    public void Document_WithThePathsItself_RunsAsEver_AndIsToldWhoTakesThem()
    {
        const string own = """
            openapi: 3.1.0
            info: { title: Own, version: "1" }
            paths:
              /openapi.json: { get: { operationId: spec, responses: { "200": { description: ok } } } }
              /docs: { get: { operationId: docs, responses: { "200": { description: ok } } } }
            """;
        Assert.Empty(Compile(new PublishOptions(), own).Documents[0].Diagnostics.Items);

        PlanResult taken = Compile(new PublishOptions(), own, Document("Asking", "publish: true", "servers: [{ url: /asking }]"));
        Assert.Equal([PlanDiagnostics.BuiltInPathTaken.Code, PlanDiagnostics.BuiltInPathTaken.Code], taken.Documents[0].Diagnostics.Items.Select(item => item.Code));
        Assert.Contains("x-gateway-config.publish of api2 asks for it", taken.Documents[0].Diagnostics.Items[0].Message, StringComparison.Ordinal);

        PlanResult moved = Compile(new PublishOptions { Path = "/meta" }, own, Document("Asking", "publish: true", "servers: [{ url: /asking }]"));
        Assert.All(moved.Documents, document => Assert.Empty(document.Diagnostics.Items));
    }

    [Fact]
    public async Task Path_OfTheSettings_MovesAllButTheCatalog()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"), new PublishOptions { Path = "/meta/v1" });
        foreach (string path in new[] { "/meta/v1/openapi.json", "/meta/v1/openapi/api.json", "/meta/v1/docs", "/meta/v1/docs/page.js", "/.well-known/api-catalog" })
        {
            using HttpResponseMessage response = await GetAsync(gateway, path);
            Assert.Equal((path, HttpStatusCode.OK), (path, response.StatusCode));
        }

        using HttpResponseMessage catalog = await GetAsync(gateway, "/.well-known/api-catalog");
        JsonElement place = (await JsonAsync(catalog)).GetProperty("linkset")[1];
        Assert.Equal(("/meta/v1/openapi/api.json", "/meta/v1/docs?api=api"), (place.GetProperty("service-desc")[0].GetProperty("href").GetString(), place.GetProperty("service-doc")[0].GetProperty("href").GetString()));
        Assert.Equal(404, (int)(await gateway.Client.GetAsync("/docs", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Documents_AreForPagesOfAnyOrigin_AndThePageForNone()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        using HttpResponseMessage document = await GetAsync(gateway, "/openapi.json", ("Origin", "https://editor.example"));
        using HttpResponseMessage page = await GetAsync(gateway, "/docs", ("Origin", "https://editor.example"));
        Assert.Equal(("*", false), (document.Headers.GetValues("Access-Control-Allow-Origin").Single(), page.Headers.Contains("Access-Control-Allow-Origin")));
    }

    // The page runs under a policy that forbids everything but its own files: no script of its HTML, no style, no host but this one.
    [Fact]
    public async Task Page_RefersToItsOwnFilesAlone()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        using HttpResponseMessage page = await GetAsync(gateway, "/docs");
        string html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal(("text/html; charset=utf-8", "nosniff", "DENY"), (page.Content.Headers.ContentType!.ToString(), page.Headers.GetValues("X-Content-Type-Options").Single(), page.Headers.GetValues("X-Frame-Options").Single()));

        string[] links = [.. System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(6, links.Length);
        foreach (string link in links)
        {
            Assert.DoesNotContain("//", link, StringComparison.Ordinal);
            using HttpResponseMessage file = await GetAsync(gateway, $"/{link}");
            Assert.Equal((link, HttpStatusCode.OK), (link, file.StatusCode));
            Assert.Equal((link, TypeOf(link)), (link, file.Content.Headers.ContentType!.MediaType));
        }

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.html")]
    [InlineData("a%2fpage.js")]
    [InlineData("swagger-ui-bundle.js.map")]
    [InlineData("Headgate.Gateway.dll")]
    public async Task File_ThatIsNoneOfThePage_IsNotThere(string name)
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        using HttpResponseMessage response = await GetAsync(gateway, $"/docs/{name}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Licence_OfTheRenderer_GoesWithIt()
    {
        await using TestGateway gateway = await StartAsync(Document("Orders", "publish: true"));
        Assert.Contains("Apache License", await gateway.Client.GetStringAsync("/docs/swagger-ui.LICENSE", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("swagger-ui", await gateway.Client.GetStringAsync("/docs/swagger-ui.NOTICE", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_OfThePage_AreTheRecord() =>
        new ReferencePage("published-document.md").Holds("publish", ExtensionReferenceWriter.WriteTable(typeof(PublishSettings)));

    [Fact]
    public async Task Example_OfThePage_IsPublishedAsItSays()
    {
        string page = new ReferencePage("published-document.md").Read();
        await using TestGateway gateway = await StartAsync(Block(page, "```yaml example\n"));
        foreach (string path in new[] { "/openapi.json", "/.well-known/api-catalog" })
            Assert.Equal(Block(page, $"`GET {path}`:\n\n```json\n").TrimEnd(), await gateway.Client.GetStringAsync(path, TestContext.Current.CancellationToken));
    }

    private static string Block(string page, string before)
    {
        int start = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    // Where npm could not install the renderer there is no page, and the catalog has no links to it: these tests speak of the whole.
    internal static Task<TestGateway> StartAsync(string document, PublishOptions? options = null)
    {
        Assert.SkipUnless(PageFiles.AreThere, "This build has no documentation page: npm could not install its renderer.");
        return TestGateway.StartAsync(document, s_upstream, builtIns: PublishingApis.Create(GatewayExtensions.RegisterAll(new ExtensionRegistry()), options ?? new PublishOptions()));
    }

    internal static string Document(string title, string config, string more = "") => $$"""
        openapi: 3.1.0
        info: { title: "{{title}}", version: "1" }
        x-gateway-config: { {{config}} }
        {{more}}
        paths:
          /things:
            get: { operationId: listThings, summary: Lists all things, responses: { "200": { description: ok } } }
        """;

    private static PlanResult Compile(PublishOptions options, params string[] documents) =>
        TestGateway.Compile(s_upstream, [], PublishingApis.Create(GatewayExtensions.RegisterAll(new ExtensionRegistry()), options), documents);

    private static async Task<int[]> StatusesAsync(TestGateway gateway)
    {
        var statuses = new List<int>();
        foreach (string path in s_paths)
        {
            using HttpResponseMessage response = await GetAsync(gateway, path);
            statuses.Add((int)response.StatusCode);
        }

        return [.. statuses];
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".css" => "text/css",
        ".js" => "text/javascript",
        ".png" => "image/png",
        _ => "application/json",
    };

    private static async Task<string?> TitleAsync(TestGateway gateway, string path)
    {
        using HttpResponseMessage response = await GetAsync(gateway, path);
        return (await JsonAsync(response)).GetProperty("info").GetProperty("title").GetString();
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> GetAsync(TestGateway gateway, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach ((string name, string value) in fields)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
