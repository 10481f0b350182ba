using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Tests.Policies.Authentication;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.Authorize;

/// <summary><c>x-gateway-authorize</c> and tenants as they are enforced.</summary>
public sealed class AuthorizeTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Platform, version: "1" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID], required: secured } }
        security: [{ user: [] }]
        paths:
          /open: { get: { operationId: open, security: [], responses: { "200": { description: ok } } } }
          /applications: { get: { operationId: list, x-gateway-authorize: "application:read", responses: { "200": { description: ok } } } }
          /databases: { get: { operationId: databases, x-gateway-authorize: { permission: "resource:database:delete" }, responses: { "200": { description: ok } } } }
          /teams/{teamId}:
            parameters: [{ name: teamId, in: path, required: true, schema: { type: string } }]
            get: { operationId: team, x-gateway-authorize: { permission: "application:read", scope: "team:{teamId}" }, responses: { "200": { description: ok } } }
          /tenants/{tenantId}:
            parameters: [{ name: tenantId, in: path, required: true, schema: { type: string } }]
            get: { operationId: tenant, x-gateway-authorize: { permission: "application:read", scope: "tenant:{tenantId}" }, responses: { "200": { description: ok } } }
          /some: { get: { operationId: some, x-gateway-authorize: { anyOf: [{ permission: "a:b" }, { permission: "application:read" }] }, responses: { "200": { description: ok } } } }
          /all: { get: { operationId: all, x-gateway-authorize: { allOf: [{ permission: "a:b" }, { permission: "application:read" }] }, responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
        """;

    private const string Developer = """[{"role": "developer", "scope": "team:frontend", "permissions": ["application:read", "application:create"]}]""";
    private const string TenantAdmin = """[{"role": "admin", "scope": "tenant:acme", "permissions": ["*:*"]}]""";
    private const string Everywhere = """[{"role": "operator", "permissions": ["application:*"]}]""";

    private SecuredGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await SecuredGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("/applications", Developer, "acme", 200)]
    [InlineData("/applications", TenantAdmin, "acme", 200)]
    [InlineData("/applications", TenantAdmin, "globex", 403)]
    [InlineData("/applications", Everywhere, "globex", 200)]
    [InlineData("/applications", "[]", "acme", 403)]
    [InlineData("/applications", """["admin"]""", "acme", 403)]
    [InlineData("/databases", Developer, "acme", 403)]
    [InlineData("/databases", TenantAdmin, "acme", 200)]
    [InlineData("/databases", Everywhere, "acme", 403)]
    [InlineData("/teams/frontend", Developer, "acme", 200)]
    [InlineData("/teams/front%65nd", Developer, "acme", 200)]
    [InlineData("/teams/backend", Developer, "acme", 403)]
    [InlineData("/teams/*", Developer, "acme", 403)]
    [InlineData("/teams/backend", TenantAdmin, "acme", 200)]
    [InlineData("/teams/backend", TenantAdmin, "globex", 403)]
    [InlineData("/teams/backend", Everywhere, "acme", 200)]
    [InlineData("/teams/backend", """[{"role": "r", "scope": "team:*", "permissions": ["application:read"]}]""", "acme", 200)]
    [InlineData("/teams/backend", """[{"role": "r", "scope": "unit:x", "permissions": ["application:read"]}]""", "acme", 403)]
    [InlineData("/tenants/acme", TenantAdmin, "acme", 200)]
    [InlineData("/tenants/globex", TenantAdmin, "acme", 403)]
    [InlineData("/tenants/acme", TenantAdmin, "globex", 403)]
    [InlineData("/tenants/acme", Developer, "acme", 403)]
    [InlineData("/some", Developer, "acme", 200)]
    [InlineData("/all", Developer, "acme", 403)]
    [InlineData("/all", TenantAdmin, "acme", 200)]
    public async Task Caller_IsLetIn_WhereARoleOfTheRightScopePermitsIt(string path, string roles, string tenant, int status)
    {
        using HttpResponseMessage response = await _gateway.GetAsync(path, Bearer(roles, tenant));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/databases", "The caller lacks resource:database:delete.")]
    [InlineData("/teams/backend", "The caller lacks application:read in team:{teamId}.")]
    [InlineData("/all", "The caller lacks a:b and application:read.")]
    public async Task Refusal_NamesWhatIsMissing(string path, string detail)
    {
        using HttpResponseMessage response = await _gateway.GetAsync(path, Bearer(Developer, "acme"));
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("urn:headgate:error:permission-missing", detail), (problem.GetProperty("type").GetString(), problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task TenantRoute_WithoutATenant_IsRefused_AndAPublicOneServed()
    {
        using HttpResponseMessage none = await _gateway.GetAsync("/applications", Bearer(Developer, null));
        using HttpResponseMessage header = await _gateway.GetAsync("/applications", Bearer(Developer, null), "X-Tenant-ID: acme");
        using HttpResponseMessage open = await _gateway.GetAsync("/open");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK), (none.StatusCode, header.StatusCode, open.StatusCode));
        Assert.Equal("urn:headgate:error:request-tenant-missing", (await none.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal("acme", (await header.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers").GetProperty("X-Tenant-ID").GetString());
    }

    private string Bearer(string roles, string? tenant)
    {
        JsonObject claims = TestIssuer.Claims();
        claims["roles"] = JsonNode.Parse(roles);
        claims.Remove("tenant_id");
        if (tenant is not null)
            claims["tenant_id"] = tenant;
        return $"Authorization: Bearer {_gateway.Issuer.Sign(claims: claims)}";
    }
}
