using System.Text.Json.Nodes;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Roles;
using Headgate.Gateway.Tests.Policies.Authentication;
using Headgate.Gateway.Tests.Policies.Jwt;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Authorize;

/// <summary>Permissions by roles of the store, and that none of a tenant is ever another's.</summary>
public sealed class StoredRoleTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Platform, version: "1" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID] }SOURCES }
        security: [{ user: [] }]
        paths:
          /applications: { get: { operationId: list, x-gateway-authorize: "application:read", responses: { "200": { description: ok } } } }
          /teams/{teamId}:
            parameters: [{ name: teamId, in: path, required: true, schema: { type: string } }]
            get: { operationId: team, x-gateway-authorize: { permission: "application:read", scope: "team:{teamId}" }, responses: { "200": { description: ok } } }
          /tenants/{tenantId}:
            parameters: [{ name: tenantId, in: path, required: true, schema: { type: string } }]
            get: { operationId: tenant, x-gateway-authorize: { permission: "application:read", scope: "tenant:{tenantId}" }, responses: { "200": { description: ok } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
        """;

    private static readonly RoleScope s_nowhere = new(RoleScope.TenantKind, "");

    private readonly KnownRoles _roles = new();
    private SecuredGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await SecuredGateway.StartAsync(Document.Replace("SOURCES", "", StringComparison.Ordinal), roles: _roles);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]

    // Of a tenant, everywhere in it.
    [InlineData("acme", null, "/applications", "acme", 200)]
    [InlineData("acme", null, "/applications", "globex", 403)]
    [InlineData("acme", null, "/applications", null, 403)]
    [InlineData("acme", null, "/teams/frontend", "acme", 200)]
    [InlineData("acme", null, "/tenants/acme", "acme", 200)]
    [InlineData("acme", null, "/tenants/globex", "acme", 403)]
    [InlineData("acme", null, "/tenants/acme", "globex", 403)]
    [InlineData("acme", null, "/tenants/acme", null, 403)]

    // Of a tenant, in one of its teams.
    [InlineData("acme", "team:frontend", "/applications", "acme", 200)]
    [InlineData("acme", "team:frontend", "/applications", "globex", 403)]
    [InlineData("acme", "team:frontend", "/teams/frontend", "acme", 200)]
    [InlineData("acme", "team:frontend", "/teams/frontend", "globex", 403)]
    [InlineData("acme", "team:frontend", "/teams/backend", "acme", 403)]
    [InlineData("acme", "team:frontend", "/tenants/acme", "acme", 403)]
    [InlineData("acme", "team:*", "/teams/backend", "acme", 200)]

    // Of a tenant, and its scope says so again, or says another: what the admin API refuses must not help either.
    [InlineData("acme", "tenant:acme", "/tenants/acme", "acme", 200)]
    [InlineData("acme", "tenant:globex", "/tenants/globex", "acme", 403)]
    [InlineData("acme", "tenant:globex", "/tenants/globex", "globex", 403)]
    [InlineData("acme", "tenant:*", "/tenants/globex", "acme", 403)]
    [InlineData("acme", "tenant:*", "/tenants/globex", "globex", 403)]
    [InlineData("acme", "tenant:*", "/tenants/acme", "acme", 200)]

    // Of no tenant: for requests that have none.
    [InlineData(null, null, "/applications", null, 200)]
    [InlineData(null, null, "/applications", "acme", 403)]
    [InlineData(null, null, "/teams/frontend", null, 200)]
    [InlineData(null, null, "/tenants/acme", null, 403)]
    [InlineData(null, null, "/tenants/acme", "acme", 403)]
    [InlineData(null, "tenant:acme", "/tenants/acme", null, 200)]
    [InlineData(null, "tenant:acme", "/tenants/globex", null, 403)]
    [InlineData(null, "tenant:acme", "/applications", "acme", 403)]

    // Of every tenant.
    [InlineData("*", null, "/applications", "acme", 200)]
    [InlineData("*", null, "/applications", null, 200)]
    [InlineData("*", null, "/tenants/globex", "acme", 200)]
    [InlineData("*", "tenant:acme", "/applications", "acme", 200)]
    [InlineData("*", "tenant:acme", "/applications", "globex", 403)]
    [InlineData("*", "team:frontend", "/teams/frontend", "globex", 200)]
    [InlineData("*", "team:frontend", "/teams/backend", "globex", 403)]
    public async Task Assignment_Holds_ForRequestsOfItsTenantAlone(string? tenant, string? scope, string path, string? requestTenant, int status)
    {
        Assign(new Subject(SubjectKind.User, "ada"), tenant, scope, "application:*");
        Assert.Equal(status, await StatusAsync(path, requestTenant));
    }

    [Theory]
    [InlineData("acme", "/applications", "acme")]
    [InlineData("*", "/applications", "acme")]
    [InlineData("*", "/applications", null)]
    [InlineData("*", "/teams/frontend", "acme")]
    [InlineData("*", "/tenants/acme", "acme")]
    [InlineData(null, "/tenants/acme", null)]
    public async Task Scope_ThatTheStoreCouldNotUnderstand_HoldsNowhere(string? tenant, string path, string? requestTenant)
    {
        AssignIn(s_nowhere, new Subject(SubjectKind.User, "ada"), tenant, "application:*");
        Assert.Equal(403, await StatusAsync(path, requestTenant));
    }

    [Theory]
    [InlineData("acme", "acme", 200)]
    [InlineData("acme", "globex", 403)]
    public async Task Tenant_FromAnAcceptedHeader_CountsAsAnyOther(string tenant, string header, int status)
    {
        Assign(new Subject(SubjectKind.User, "ada"), tenant, null, "application:*");
        Assert.Equal(status, await StatusAsync("/applications", null, headers: $"X-Tenant-ID: {header}"));
    }

    [Fact]
    public async Task Header_ThatNamesAnotherTenantThanTheToken_GainsNothing()
    {
        Assign(new Subject(SubjectKind.User, "ada"), "acme", null, "application:*");
        Assert.Equal(403, await StatusAsync("/applications", "globex", headers: "X-Tenant-ID: acme"));
    }

    [Theory]
    [InlineData(SubjectKind.ServiceAccount, "ada")]
    [InlineData(SubjectKind.ApiKey, "ada")]
    [InlineData(SubjectKind.User, "Ada")]
    [InlineData(SubjectKind.User, "ad")]
    public async Task Assignment_OfSomebodyElse_DoesNotHold(SubjectKind kind, string id)
    {
        Assign(new Subject(kind, id), "acme", null, "application:*");
        Assert.Equal(403, await StatusAsync("/applications", "acme"));
    }

    [Fact]
    public async Task Assignment_OfARoleThatPermitsLess_IsNotEnough()
    {
        Assign(new Subject(SubjectKind.User, "ada"), "acme", null, "application:list");
        Assert.Equal(403, await StatusAsync("/applications", "acme"));
    }

    [Theory]
    [InlineData("""["keeper"]""", "/applications", "acme", 200)]
    [InlineData("\"keeper\"", "/applications", "acme", 200)]
    [InlineData("""["Keeper"]""", "/applications", "acme", 403)]
    [InlineData("""["keeper"]""", "/tenants/acme", "acme", 200)]
    [InlineData("""["keeper"]""", "/tenants/globex", "acme", 403)]
    [InlineData("""["keeper"]""", "/applications", null, 200)]
    [InlineData("""["keeper"]""", "/tenants/acme", null, 403)]
    [InlineData("""[{"role": "keeper"}]""", "/applications", "acme", 200)]
    [InlineData("""[{"role": "keeper", "scope": "team:frontend"}]""", "/teams/frontend", "acme", 200)]
    [InlineData("""[{"role": "keeper", "scope": "team:frontend"}]""", "/teams/backend", "acme", 403)]
    [InlineData("""[{"role": "keeper", "scope": "tenant:globex"}]""", "/applications", "acme", 403)]
    [InlineData("""[{"role": "keeper", "scope": "tenant:*"}]""", "/tenants/globex", "acme", 403)]
    [InlineData("""[{"role": "keeper", "permissions": []}]""", "/applications", "acme", 403)]
    public async Task TokenRole_WithoutPermissions_PermitsWhatTheStoreSaysOfIt(string roles, string path, string? tenant, int status)
    {
        Assign(new Subject(SubjectKind.User, "somebody-else"), "acme", null, "application:*");
        Assert.Equal(status, await StatusAsync(path, tenant, roles));
    }

    [Theory]
    [InlineData("credential", "[]", 403)]
    [InlineData("credential", """["keeper"]""", 403)]
    [InlineData("credential", """[{"role": "r", "permissions": ["application:read"]}]""", 200)]
    [InlineData("store", "[]", 200)]
    [InlineData("[store]", """[{"role": "r", "permissions": ["application:read"]}]""", 200)]
    [InlineData("[credential, store]", "[]", 200)]
    public async Task Document_Says_WhoseWordCounts(string sources, string roles, int status)
    {
        await using SecuredGateway gateway = await SecuredGateway.StartAsync(
            Document.Replace("SOURCES", $", authorization: {{ rolesFrom: {sources} }}", StringComparison.Ordinal), roles: _roles);
        Assign(new Subject(SubjectKind.User, "ada"), "acme", null, "application:*");
        Assert.Equal(status, await StatusAsync("/applications", "acme", roles, gateway: gateway));
    }

    [Fact]
    public async Task TokenRoles_WhereTheStoreAloneCounts_PermitNothing()
    {
        await using SecuredGateway gateway = await SecuredGateway.StartAsync(Document.Replace("SOURCES", ", authorization: { rolesFrom: store }", StringComparison.Ordinal), roles: _roles);
        Assert.Equal(403, await StatusAsync("/applications", "acme", """[{"role": "r", "permissions": ["*:*"]}]""", gateway: gateway));
    }

    [Fact]
    public async Task Assignment_TakenBack_IsGoneForTheNextRequestOfTheSameToken()
    {
        Assign(new Subject(SubjectKind.User, "ada"), "acme", null, "application:*");
        string bearer = Bearer("acme", "[]", _gateway);
        using HttpResponseMessage before = await _gateway.GetAsync("/applications", bearer);
        Assign(new Subject(SubjectKind.User, "bob"), "acme", null, "application:*");
        using HttpResponseMessage after = await _gateway.GetAsync("/applications", bearer);
        Assert.Equal((200, 403), ((int)before.StatusCode, (int)after.StatusCode));
    }

    [Theory]
    [InlineData("acme", "[]", "/applications", "the caller has application:read by keeper of tenant acme, assigned in the store")]
    [InlineData("acme", """["keeper"]""", "/applications", "the caller has application:read by keeper of the credential")]
    [InlineData("acme", """[{"role": "r", "scope": "team:x", "permissions": ["application:read"]}]""", "/teams/x", "the caller has application:read in team:{teamId} by r (team:x) of the credential")]
    [InlineData("globex", """["other"]""", "/applications", "The caller lacks application:read. Roles of the credential: other. Assigned in the store to user:ada, as of 2026-01-02 00:00:00Z: none; 1 of other tenants.")]
    [InlineData("acme", "[]", "/tenants/globex", "The caller lacks application:read in tenant:{tenantId}. Roles of the credential: none. Assigned in the store to user:ada, as of 2026-01-02 00:00:00Z: keeper of tenant acme.")]
    public async Task Explanation_Says_WhereARoleCameFrom(string tenant, string roles, string path, string reason)
    {
        Assign(new Subject(SubjectKind.User, "ada"), "acme", null, "application:*");
        GatewayContext context = Request(path, tenant, roles, out OperationPlan operation);
        context.Explanation = new Explanation();
        foreach (GatewayPolicy policy in operation.RequestPolicies)
            await policy.OnRequestAsync(context);
        Assert.Equal(reason, context.Explanation.Steps.Single(step => step.By == "authorize").Reason);
    }

    [Fact]
    public async Task Deciding_ByRolesOfTheStore_AllocatesNothing()
    {
        Assign(new Subject(SubjectKind.User, "ada"), "acme", "team:frontend", "a:b", "application:*");
        GatewayContext context = Request("/teams/frontend", "acme", """["unknown", "other"]""", out OperationPlan operation);
        foreach (GatewayPolicy policy in operation.RequestPolicies)
            Assert.Equal(PolicyVerdict.Continue, await policy.OnRequestAsync(context));

        GatewayPolicy authorize = operation.RequestPolicies.Single(policy => policy.Name == "authorize");
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                Assert.True(Continues(authorize, context));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static bool Continues(GatewayPolicy policy, GatewayContext context)
    {
        ValueTask<PolicyVerdict> verdict = policy.OnRequestAsync(context);
        return verdict.IsCompletedSuccessfully && verdict.Result == PolicyVerdict.Continue;
    }

    private void Assign(Subject subject, string? tenant, string? scope, params string[] permissions) =>
        AssignIn(scope is null ? null : RoleScope.TryParse(scope), subject, tenant, permissions);

    /// <summary>The store has the role keeper and one assignment of it.</summary>
    private void AssignIn(RoleScope? scope, Subject subject, string? tenant, params string[] permissions)
    {
        DateTimeOffset now = _gateway.Time.GetUtcNow();
        var role = new StoredRole("keeper", [.. permissions.Select(permission => new PermissionPattern(permission))], now);
        _roles.Take(new RoleChanges(1, true, [role], [], [new RoleAssignment("1", subject, tenant, "keeper", scope, now)]), now);
    }

    private async Task<int> StatusAsync(string path, string? tenant, string roles = "[]", string? headers = null, SecuredGateway? gateway = null)
    {
        gateway ??= _gateway;
        string bearer = Bearer(tenant, roles, gateway);
        using HttpResponseMessage response = await gateway.GetAsync(path, headers is null ? [bearer] : [bearer, headers]);
        return (int)response.StatusCode;
    }

    private GatewayContext Request(string path, string? tenant, string roles, out OperationPlan operation)
    {
        GatewayContext context = TestRequest.Ended(path: path, time: _gateway.Time);
        context.Operation = operation = _gateway.Gateway.Plan.Routes.Match("GET", path, context.PathValues).Operation!;
        context.Request.Headers.Authorization = Bearer(tenant, roles, _gateway)["Authorization: ".Length..];
        return context;
    }

    private static string Bearer(string? tenant, string roles, SecuredGateway gateway)
    {
        JsonObject claims = TestIssuer.Claims();
        claims["sub"] = "ada";
        claims["roles"] = JsonNode.Parse(roles);
        claims.Remove("tenant_id");
        if (tenant is not null)
            claims["tenant_id"] = tenant;
        return $"Authorization: Bearer {gateway.Issuer.Sign(claims: claims)}";
    }
}
