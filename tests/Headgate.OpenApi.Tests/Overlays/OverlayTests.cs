using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Overlays;

public class OverlayTests
{
    private const string Api = """
        openapi: 3.1.0
        info: { title: T, version: '1' }
        paths:
          /foo:
            get: { operationId: getFoo, tags: [a], description: old, parameters: [{ name: dummy, in: query, schema: {} }, { name: kept, in: query, schema: {} }] }
          /bar:
            get: { operationId: getBar, tags: [b], parameters: [] }
            post: { operationId: postBar, x-internal: true }
        """;

    [Fact]
    public void Apply_Update_MergesIntoEveryTarget()
    {
        LoadResult result = Apply("target: $.paths.*.get\n    update: { description: new, tags: [c], externalDocs: { url: 'https://e.example' } }");

        Assert.Empty(result.Codes());
        Assert.Equal("{\"operationId\":\"getBar\",\"tags\":[\"b\",\"c\"],\"parameters\":[],\"description\":\"new\",\"externalDocs\":{\"url\":\"https://e.example\"}}", Show(result, "/bar", "get"));
        Assert.Contains("\"tags\":[\"a\",\"c\"],\"description\":\"new\"", Show(result, "/foo", "get"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ name: added, in: query, schema: {} }")]
    [InlineData("[{ name: added, in: query, schema: {} }]")]
    public void Apply_UpdateOfAnArray_AppendsToIt(string update)
    {
        LoadResult result = Apply($"target: $.paths.*.get.parameters\n    update: {update}");

        Assert.Equal(["dummy", "kept", "added"], result.Document().Operations[0].Parameters.Select(parameter => parameter.Name));
        Assert.Equal("added", Assert.Single(result.Document().Operations[1].Parameters).Name);
    }

    [Fact]
    public void Apply_Remove_RemovesMembersAndItems()
    {
        LoadResult result = Apply("target: $.paths.*[?@.x-internal == true]\n    remove: true\n  - target: $.paths.*.get.parameters[?@.name == 'dummy']\n    remove: true");

        Assert.Equal(["getFoo", "getBar"], result.Document().Operations.Select(operation => operation.Id));
        Assert.Equal("kept", Assert.Single(result.Document().Operations[0].Parameters).Name);
    }

    [Fact]
    public void Apply_Actions_SeeWhatEarlierOnesDid()
    {
        LoadResult result = Apply(
            "target: $.paths['/foo']\n    update: { delete: { operationId: deleteFoo } }\n  - target: $.paths['/foo'].delete\n    update: { deprecated: true }",
            "target: $.paths['/foo'].delete\n    update: { deprecated: false, summary: second }");

        Assert.Equal("{\"operationId\":\"deleteFoo\",\"deprecated\":false,\"summary\":\"second\"}", Show(result, "/foo", "delete"));
    }

    [Fact]
    public void Apply_Copy_CopiesOneValue()
    {
        LoadResult result = Apply("target: $.paths['/bar'].post\n    copy: $.paths['/foo'].get", version: "1.1.0");

        // The copied operationId is now used twice, which shows that the copy is complete.
        Assert.Equal("HG1402", Assert.Single(result.Diagnostics.Items).Code);
    }

    [Theory]
    [InlineData("$.paths.*", "HG1109")]
    [InlineData("$.nothing", "HG1109")]
    public void Apply_CopyOfNotOneValue_IsRefused(string source, string code) =>
        Assert.Equal([code], Apply($"target: $.info\n    copy: {source}", version: "1.1.0").Codes());

    [Fact]
    public void Apply_NullInAnUpdate_LeavesObjectsAlone() =>
        Assert.Equal(3, Apply("target: $\n    update: { paths: , info: { x-a: 1 } }").Document().Operations.Count);

    [Fact]
    public void Load_MistakeThatAnOverlayBrings_IsReportedInTheOverlay()
    {
        LoadResult result = Apply("target: $.paths['/foo'].get\n    update:\n      operationID: x");

        Diagnostic finding = Assert.Single(result.Diagnostics.Items);
        Assert.Equal(("HG1203", "overlay1.yaml:6:7", "/paths/~1foo/get/operationID"), (finding.Code, finding.Location.ToString(), finding.Pointer));
    }

    [Fact]
    public void Load_ReferenceThatAnOverlayBrings_LeadsIntoTheDocument() =>
        Assert.Empty(Apply("target: $\n    update: { components: { schemas: { A: { title: x }, B: { $ref: '#/components/schemas/A' } } } }").Codes());

    [Fact]
    public void Apply_TargetThatSelectsNothing_IsAWarningAtTheTarget()
    {
        LoadResult result = Apply("target: $.paths['/baz']\n    remove: true");

        Assert.NotNull(result.Document());
        Assert.Equal(("overlay1.yaml:4:13", DiagnosticSeverity.Warning), (result.Single(OpenApiDiagnostics.NoMatch).Location.ToString(), DiagnosticSeverity.Warning));
    }

    [Theory]
    [InlineData("target: $\n    remove: true", "HG1106")]
    [InlineData("target: $.info\n    update: [1]", "HG1105")]
    [InlineData("target: $\n    update: { info: { title: { a: 1 } } }", "HG1105")]
    [InlineData("target: $.paths[?length(@) > 1]\n    remove: true", "HG1103")]
    [InlineData("target: paths\n    remove: true", "HG1102")]
    [InlineData("target: $.info", "HG1108")]
    [InlineData("update: {}", "HG1202")]
    [InlineData("target: $.info\n    update: {}\n    upate: {}", "HG1203")]
    [InlineData("target: $.info\n    copy: $.paths", "HG1203")]
    public void Apply_MistakeInAnAction_IsReportedInTheOverlay(string action, string codes)
    {
        LoadResult result = Apply(action);

        Assert.Null(result.Document);
        Assert.Equal(codes.Split(' ').Order(), result.Codes().Where(code => code != "HG1104").Order());
        Assert.All(result.Diagnostics.Items, item => Assert.Equal("overlay1.yaml", item.Location.File));
    }

    [Theory]
    [InlineData("openapi: 3.1.0", "HG1101")]
    [InlineData("overlay: 2.0.0", "HG1101")]
    [InlineData("[]", "HG1101")]
    [InlineData("overlay: 1.0.0\ninfo: { title: T, version: '1' }\nactions: []", "HG1206")]
    [InlineData("overlay: 1.0.0\nactions: [{ target: $, update: {} }]", "HG1202")]
    [InlineData("overlay: [", "HG1008")]
    public void Load_OtherDocumentAsOverlay_IsRefused(string overlay, string code)
    {
        LoadResult result = Loading.LoadText(Api, overlays: overlay);

        Assert.Null(result.Document);
        Assert.Equal([code], result.Codes());
    }

    [Fact]
    public void Load_MissingOverlay_KeepsTheDocumentFromRunning()
    {
        LoadResult result = new DocumentLoader(new ExtensionRegistry()).Load(DocumentSource.FromText("api.yaml", Api), [DocumentSource.FromFile("missing.overlay.yaml")]);

        Assert.Null(result.Document);
        Assert.Equal(["HG1001"], result.Codes());
        Assert.Equal(2, result.Files.Count);
    }

    [Fact]
    public void Apply_OverlayThatDoublesTheDocument_StopsAtTheLimit()
    {
        string doubling = string.Join("\n  - ", Enumerable.Range(0, 60).Select(i => $"target: $\n    update: {{ x-{i}: {{ }} }}\n  - target: $.x-{i}\n    copy: $"));

        LoadResult result = Apply(doubling, version: "1.1.0");

        Assert.Contains(result.Codes(), code => code is "HG1021" or "HG1022");
    }

    [Fact]
    public void Apply_QueryThatVisitsTooMuch_IsRefused()
    {
        var options = new LoadOptions { Limits = new LoadLimits { MaxQuerySteps = 500 } };
        string overlay = Overlay("1.0.0", "target: $..*..*..*..*..*..*..*..*\n    remove: true");

        Assert.Equal(["HG1029"], Loading.LoadText(Api, options: options, overlays: overlay).Codes());
    }

    private static string Overlay(string version, string action) => $"overlay: {version}\ninfo: {{ title: O, version: '1' }}\nactions:\n  - {action}\n";

    private static LoadResult Apply(string action, string? second = null, string version = "1.0.0") =>
        Loading.LoadText(Api, overlays: second is null ? [Overlay(version, action)] : [Overlay(version, action), Overlay(version, second)]);

    private static string Show(LoadResult result, string path, string method) =>
        Trees.Show(result.Document().Operations.Single(operation => operation.Path.Text == path && string.Equals(operation.Method, method, StringComparison.OrdinalIgnoreCase)).Node);
}
