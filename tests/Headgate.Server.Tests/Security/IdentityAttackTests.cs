namespace Headgate.Server.Tests.Security;

/// <summary>Callers who say that they are somebody else, or of another tenant: in header fields, in trailers, in the path.</summary>
public sealed class IdentityAttackTests : IAsyncLifetime
{
    private AttackedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await AttackedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("X-User-ID: admin")]
    [InlineData("x-user-id: admin")]
    [InlineData("X_User_ID: admin")]
    [InlineData("X-User_ID: admin")]
    [InlineData("Connection: close, X-User-ID", "X-User-ID: admin")]
    public async Task IdentityFields_OfAnAnonymousClient_ReachNoService(params string[] headers)
    {
        string answer = await _gateway.AnswersAsync(200, "GET /public", headers);
        Assert.Contains("X-Request-ID: ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("admin", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-User-ID: admin")]
    [InlineData("X_User_ID: admin")]
    [InlineData("X_Tenant_ID: globex")]
    [InlineData("x_tenant-id: globex")]
    public async Task IdentityFields_OfACaller_AreThoseOfItsToken(string header)
    {
        string answer = await _gateway.AnswersAsync(200, "GET /mine", [Bearer(), header]);
        Assert.Contains("X-User-ID: ann\n", answer, StringComparison.Ordinal);
        Assert.Contains("X-Tenant-ID: acme\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(header.Split(": ")[1], answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdentityFields_InTrailers_ReachNoService()
    {
        string answer = await _gateway.SendAsync("POST /small", ["Transfer-Encoding: chunked", "Trailer: X-User-ID, X-Sum"], "1\r\nx\r\n0\r\nX-User-ID: admin\r\nX-Sum: 7\r\n\r\n");
        Assert.Contains("X-Sum: 7\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("admin", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "X-Tenant-ID: globex")]
    [InlineData(403, "x-tenant-id: ACME")]
    [InlineData(400, "X-Tenant-ID: acme, globex")]
    [InlineData(400, "X-Tenant-ID: acme", "X-Tenant-ID: globex")]
    [InlineData(400, "X-Tenant-ID: ../acme")]
    [InlineData(200, "X-Tenant-ID: acme")]
    public async Task TenantHopping_ByHeader_IsRefused(int status, params string[] headers)
    {
        string token = AttackedGateway.Issuer.Sign();
        await _gateway.AnswersAsync(status, "GET /mine", [$"Authorization: Bearer {token}", .. headers]);
        await _gateway.NothingToldAsync(token.Split('.')[1..]);
    }

    [Theory]
    [InlineData(200, "/tenants/acme/orders", "order:*", "tenant:acme")]
    [InlineData(403, "/tenants/globex/orders", "order:*", "tenant:acme")]
    [InlineData(403, "/tenants/globex/orders", "*:*", "tenant:acme")]
    [InlineData(403, "/tenants/acme%2Fglobex/orders", "order:*", "tenant:acme")]
    [InlineData(400, "/tenants/acme%2F..%2Fglobex/orders", "order:*", "tenant:acme")]
    [InlineData(403, "/tenants/acme/../globex/orders", "order:*", "tenant:acme")]
    [InlineData(403, "/tenants/%67lobex/orders", "order:*", "tenant:acme")]
    public async Task TenantHopping_ByPath_IsRefused(int status, string path, string permission, string scope)
    {
        string answer = await _gateway.AnswersAsync(status, $"GET {path}", [Bearer($$"""{"roles":[{"role":"clerk","scope":"{{scope}}","permissions":["{{permission}}"]}]}""")]);
        if (status == 403)
            Assert.Contains("The caller lacks order:read in tenant:{tenantId}.", answer, StringComparison.Ordinal);
    }

    private static string Bearer(string claims = "{}") => $"Authorization: Bearer {AttackedGateway.Issuer.Sign(claims)}";
}
