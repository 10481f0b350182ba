using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Tests.ServiceAccounts;
using Headgate.OpenApi.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.BuiltIns;

/// <summary>When an API of Headgate's own is mounted, and what that means for the documents beside it.</summary>
public sealed class MountTests : IDisposable
{
    private const string Asking = """
        openapi: 3.1.0
        info: { title: Asking, version: "1" }
        paths: { /a: { get: { operationId: a, security: [{ service: [] }], responses: { "200": { description: ok } } } } }
        components: { securitySchemes: { service: { type: oauth2, flows: { clientCredentials: { tokenUrl: TOKENS, scopes: {} } } } } }
        """;

    private const string Issuing = """
        openapi: 3.1.0
        info: { title: Issuing, version: "1" }
        paths:
          /oauth/token: { post: { operationId: token, responses: { "200": { description: ok } } } }
          /.well-known/jwks.json: { get: { operationId: keys, responses: { "200": { description: ok } } } }
        """;

    private static readonly PlanOptions s_upstream = new() { Upstream = new Uri("http://127.0.0.1:1") };

    private readonly IssuerKeysDirectory _issuers = new(TimeProvider.System, NullLogger<IssuerKeysDirectory>.Instance);

    public void Dispose() => _issuers.Dispose();

    [Fact]
    public void Document_WithItsOwnTokenEndpoint_RunsAsEver()
    {
        PlanResult result = Compile(Issuing);
        Assert.Empty(result.Documents[0].Diagnostics.Items);
        Assert.Equal(["Issuing"], result.Plan.Apis.Select(api => api.Document.Title));
    }

    // The scheme means the service of its own document: it stays what it was before Headgate had tokens, an error or the service's business.
    [Fact]
    public void Document_ThatIssuesAndAsks_MeansItself()
    {
        string both = Asking.Replace("TOKENS", "/oauth/token", StringComparison.Ordinal).Replace("paths: {", "paths: { /oauth/token: { post: { operationId: token, security: [], responses: { \"200\": { description: ok } } } },", StringComparison.Ordinal);
        Assert.Equal([PlanDiagnostics.SecurityNotEnforceable.Code], Errors(Compile(both), 0));

        PlanResult passed = Compile(s_upstream with { SecurityPassthrough = true }, null, both);
        Assert.Empty(Errors(passed, 0));
        Assert.All(passed.Plan.Apis, api => Assert.Null(api.BuiltIn));
    }

    [Theory]
    [InlineData("https://auth.example.com/oauth/token")]
    [InlineData("/v1/oauth/token")]
    [InlineData("oauth/token")]
    [InlineData("/oauth/token/")]
    public void TokenUrl_OfSomebodyElse_AsksForNothing(string url)
    {
        PlanResult result = Compile(Asking.Replace("TOKENS", url, StringComparison.Ordinal));
        Assert.Equal([PlanDiagnostics.SecurityNotEnforceable.Code], Errors(result, 0));
        Assert.Empty(result.Plan.Apis);
    }

    [Fact]
    public void TokenUrl_OfTheGateway_MountsWhatItAsksFor()
    {
        PlanResult result = Compile(Asking.Replace("TOKENS", "/oauth/token", StringComparison.Ordinal));
        Assert.Empty(result.Documents[0].Diagnostics.Items);
        ApiPlan own = Assert.Single(result.Plan.Apis, api => api.BuiltIn is not null);
        Assert.Equal(("headgate-oauth", "the security scheme 'service' of api1 asks for it"), (own.Name, own.BuiltIn!.Reason));
        Assert.All(own.Operations, operation => Assert.StartsWith("Headgate itself: ", operation.Handler.Describe(), StringComparison.Ordinal));

        // The reference documents name the token endpoint by a whole URL: the setting says whose it is.
        var named = new ServiceAccountOptions { Issuer = new Uri("https://auth.example.com") };
        Assert.Empty(Errors(Compile(s_upstream, named, Asking.Replace("TOKENS", "https://auth.example.com/oauth/token", StringComparison.Ordinal)), 0));
    }

    [Fact]
    public void Setting_Alone_MountsItToo()
    {
        PlanResult result = Compile(s_upstream, new ServiceAccountOptions { Issuer = new Uri("https://api.example") }, Issuing.Replace("/oauth/token", "/token", StringComparison.Ordinal).Replace("/.well-known/jwks.json", "/keys", StringComparison.Ordinal));
        Assert.Equal("the setting 'issuer' is given (https://api.example)", Assert.Single(result.Plan.Apis, api => api.BuiltIn is not null).BuiltIn!.Reason);
    }

    [Fact]
    public void Path_OfHeadgatesOwn_IsRefusedToADocument_WhateverTheOrder()
    {
        string asking = Asking.Replace("TOKENS", "/oauth/token", StringComparison.Ordinal);
        foreach ((string[] documents, int issuing) in new[] { (new[] { asking, Issuing }, 1), ([Issuing, asking], 0) })
        {
            PlanResult result = Compile(documents);
            Diagnostic[] findings = [.. result.Documents[issuing].Diagnostics.Items];
            Assert.Equal([PlanDiagnostics.BuiltInPathTaken.Code, PlanDiagnostics.BuiltInPathTaken.Code], findings.Select(finding => finding.Code));
            Assert.Equal($"POST /oauth/token is Headgate's own: it belongs to headgate-oauth, which is mounted because the security scheme 'service' of api{2 - issuing} asks for it.", findings[0].Message);
            Assert.Equal(["headgate-oauth", $"api{2 - issuing}"], result.Plan.Apis.Select(api => api.Name));
        }
    }

    // A document that cannot even be read asks for nothing: the others must not lose a path to it.
    [Fact]
    public void Document_WithErrors_AsksForNothing()
    {
        string broken = Asking.Replace("TOKENS", "/oauth/token", StringComparison.Ordinal).Replace("version: \"1\"", "versions: \"1\"", StringComparison.Ordinal);
        PlanResult result = Compile(broken, Issuing);
        Assert.NotEmpty(Errors(result, 0));
        Assert.Equal(["api2"], result.Plan.Apis.Select(api => api.Name));
    }

    [Fact]
    public void OtherFlows_AndInstancesWithoutAName_AreWarnedOf()
    {
        string document = Asking.Replace("TOKENS", "/oauth/token", StringComparison.Ordinal).Replace("flows: {", "flows: { authorizationCode: { authorizationUrl: /authorize, tokenUrl: /oauth/token, scopes: {} },", StringComparison.Ordinal);
        PlanResult result = Compile(s_upstream, new ServiceAccountOptions { SharesStore = true }, document);
        Assert.Equal([ServiceAccountDiagnostics.FlowNotOffered.Code, ServiceAccountDiagnostics.IssuerUnnamed.Code], result.Documents[0].Diagnostics.Items.Select(finding => finding.Code));
        Assert.True(result.Documents[0].Runs);
    }

    [Fact]
    public async Task Reload_MountsAndUnmounts()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(Asking.Replace("TOKENS", "https://auth.example.com/oauth/token", StringComparison.Ordinal).Replace("[{ service: [] }]", "[]", StringComparison.Ordinal));
        Assert.Equal(404, await gateway.StatusAsync("/.well-known/jwks.json"));

        gateway.Gateway.Reload(Asking.Replace("TOKENS", "/oauth/token", StringComparison.Ordinal));
        Assert.Equal(200, await gateway.StatusAsync("/.well-known/jwks.json"));
        string token = await gateway.TokenAsync(await gateway.CreateAsync());
        Assert.Equal(200, await gateway.StatusAsync("/a", token));

        gateway.Gateway.Reload(Issuing);
        using HttpResponseMessage response = await gateway.GetAsync("/.well-known/jwks.json");
        Assert.Equal("/.well-known/jwks.json", (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<System.Text.Json.JsonElement>(response.Content)).GetProperty("target").GetString());
        Assert.Equal(404, await gateway.StatusAsync("/.well-known/oauth-authorization-server"));
    }

    // A path that nobody has is the users' documents' business, not that of a token endpoint somewhere beside them.
    [Fact]
    public async Task Errors_OfOtherPaths_KeepTheirForm()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        using HttpResponseMessage response = await gateway.GetAsync("/oauth/nothing");
        Assert.Equal((404, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString()));
    }

    private PlanResult Compile(params string[] documents) => Compile(s_upstream, null, documents);

    private PlanResult Compile(PlanOptions plan, ServiceAccountOptions? options, params string[] documents)
    {
        var accounts = new ServiceAccountRegistry(store: null, options ?? new ServiceAccountOptions(), TimeProvider.System, NullLogger<ServiceAccountRegistry>.Instance);
        return TestGateway.Compile(plan, AccountsGateway.Authenticators(accounts, _issuers, TimeProvider.System), AccountsGateway.Apis(accounts), documents);
    }

    private static string[] Errors(PlanResult result, int document) =>
        [.. result.Documents[document].Diagnostics.Items.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Code)];
}
