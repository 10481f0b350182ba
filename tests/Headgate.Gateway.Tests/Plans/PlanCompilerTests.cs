using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Tests.Plans;

public class PlanCompilerTests
{
    private const string Head = "openapi: 3.1.0\ninfo: { title: t, version: \"1\" }\n";
    private const string Get = "{ get: { responses: { \"200\": { description: ok } } } }";

    private static readonly PlanOptions s_upstream = new() { Upstream = new Uri("http://127.0.0.1:9") };

    [Fact]
    public void Compile_NoServiceAnywhere_SaysHowToGiveOne()
    {
        PlanResult result = TestGateway.Compile(new PlanOptions(), $"{Head}paths:\n  /a: {Get}\n");
        Diagnostic error = Assert.Single(result.Documents[0].Diagnostics.Items, item => item.Severity == DiagnosticSeverity.Error);
        Assert.Equal(PlanDiagnostics.NoBackend.Code, error.Code);
        Assert.Contains("--upstream", error.Fix, StringComparison.Ordinal);
        Assert.Empty(result.Plan.Apis);
    }

    [Fact]
    public void Compile_OneDeclaredService_IsTheDefault()
    {
        PlanResult result = TestGateway.Compile(new PlanOptions(), $"{Head}x-gateway-config: {{ services: {{ shop: {{ url: \"http://127.0.0.1:1\" }} }} }}\npaths:\n  /a: {Get}\n");
        Assert.Contains("shop", result.Plan.Apis[0].Operations[0].Handler.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TwoServices_NeedABackend()
    {
        const string services = "x-gateway-config: { services: { a: { url: \"http://127.0.0.1:1\" }, b: { url: \"http://127.0.0.1:2\" } } }\n";
        Assert.Equal([PlanDiagnostics.NoBackend.Code], Errors(TestGateway.Compile(new PlanOptions(), $"{Head}{services}paths:\n  /a: {Get}\n"), 0));
        Assert.Empty(Errors(TestGateway.Compile(new PlanOptions(), $"{Head}{services}x-gateway-backend: {{ service: b }}\npaths:\n  /a: {Get}\n"), 0));
    }

    [Fact]
    public void Compile_DocumentWithErrors_LeavesTheOthersAlone()
    {
        PlanResult result = TestGateway.Compile(s_upstream, $"{Head}paths:\n  /a: {Get}\n  /b: 7\n", $"{Head}paths:\n  /a: {Get}\n");
        Assert.False(result.Documents[0].Runs);
        Assert.True(result.Documents[1].Runs);
        Assert.Equal("api2", Assert.Single(result.Plan.Apis).Name);
    }

    [Theory]
    [InlineData("/a/{x}", "/a/{y}")]
    [InlineData("/a", "/a")]
    [InlineData("/a-b", "/a%2Db")]
    [InlineData("/café", "/caf%C3%A9")]
    public void Compile_RouteOfAnotherDocument_RefusesTheLaterOneWhole(string first, string second)
    {
        PlanResult result = TestGateway.Compile(
            s_upstream,
            $"{Head}paths:\n  {first}: {Get.Replace("responses", Parameters(first) + "responses", StringComparison.Ordinal)}\n",
            $"{Head}paths:\n  /free: {Get}\n  {second}: {Get.Replace("responses", Parameters(second) + "responses", StringComparison.Ordinal)}\n");
        Assert.Equal([PlanDiagnostics.RouteTaken.Code], Errors(result, 1));
        Assert.Equal("api1", Assert.Single(result.Plan.Apis).Name);
        Assert.Null(result.Plan.Routes.Match("GET", "/free", new Headgate.Gateway.Routing.PathValues()).Operation);
    }

    // The second would never be reached.
    [Theory]
    [InlineData("/a-b", "/a%2Db", "/")]
    [InlineData("/v1/a", "/a", "/ /v1")]
    public void Compile_TwoPathsOfADocumentThatAreOne_AreAnError(string first, string second, string servers)
    {
        PlanResult result = TestGateway.Compile(
            s_upstream,
            $"{Head}servers: [{string.Join(", ", servers.Split(' ').Select(url => $"{{ url: {url} }}"))}]\npaths:\n  {first}: {Get}\n  {second}: {Get}\n");
        Assert.Equal([PlanDiagnostics.RouteTaken.Code], Errors(result, 0));
    }

    [Fact]
    public void Compile_DifferentBasePaths_StandSideBySide()
    {
        PlanResult result = TestGateway.Compile(
            s_upstream,
            $"{Head}servers: [{{ url: /one }}]\npaths:\n  /a: {Get}\n",
            $"{Head}servers: [{{ url: https://x.example/two }}]\npaths:\n  /a: {Get}\n");
        Assert.Equal(2, result.Plan.Apis.Count);
    }

    [Fact]
    public void Compile_ServersOfAnOperation_AreWhereItIsServed()
    {
        string document = $"{Head}servers: [{{ url: /v1 }}]\npaths:\n  /a: {Get}\n  /b: {Get.Replace("responses", "servers: [{ url: /v2 }], responses", StringComparison.Ordinal)}\n";
        GatewayPlan plan = TestGateway.Compile(s_upstream, document).Plan;
        var values = new Headgate.Gateway.Routing.PathValues();
        Assert.NotNull(plan.Routes.Match("GET", "/v1/a", values).Operation);
        Assert.NotNull(plan.Routes.Match("GET", "/v2/b", values).Operation);
        Assert.Null(plan.Routes.Match("GET", "/v1/b", values).Operation);
    }

    [Theory]
    [InlineData("security: [{ key: [] }]", true)]
    [InlineData("security: [{ key: [] }, {}]", false)]
    [InlineData("", false)]
    public void Compile_SecurityThatCannotBeEnforced_IsAnErrorUnlessPassedThrough(string security, bool asks)
    {
        string document = $$"""
            {{Head}}components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
            {{security}}
            paths:
              /a: {{Get}}
            """;
        Assert.Equal(asks ? [PlanDiagnostics.SecurityNotEnforceable.Code] : [], Errors(TestGateway.Compile(s_upstream, document), 0));

        PlanResult passed = TestGateway.Compile(s_upstream with { SecurityPassthrough = true }, document);
        Assert.True(passed.Documents[0].Runs);
        Assert.Equal(asks, passed.Documents[0].Diagnostics.Items.Any(item => item.Code == PlanDiagnostics.SecurityPassedThrough.Code));
    }

    [Fact]
    public void Compile_SecuritySchemeThatIsNotDefined_NeverRunsOpen()
    {
        string document = $"{Head}security: [{{ forgotten: [] }}]\npaths:\n  /a: {Get}\n";
        Assert.Contains(PlanDiagnostics.SecurityNotEnforceable.Code, Errors(TestGateway.Compile(s_upstream, document), 0));
    }

    [Fact]
    public void Compile_BackendPathThatCannotBeFilled_NamesThePlaceholder()
    {
        string document = $"{Head}paths:\n  /a: {{ get: {{ x-gateway-backend: {{ path: \"/b/{{missing}}\" }}, responses: {{ \"200\": {{ description: ok }} }} }} }}\n";
        PlanResult result = TestGateway.Compile(s_upstream, document);
        Assert.NotEmpty(Errors(result, 0));
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Message.Contains("missing", StringComparison.Ordinal));
    }

    private static string Parameters(string path) => path.Contains('{', StringComparison.Ordinal)
        ? $"parameters: [{{ name: {path[(path.IndexOf('{', StringComparison.Ordinal) + 1)..^1]}, in: path, required: true, schema: {{ type: string }} }}], "
        : "";

    private static string[] Errors(PlanResult result, int document) =>
        [.. result.Documents[document].Diagnostics.Items.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Code)];
}
