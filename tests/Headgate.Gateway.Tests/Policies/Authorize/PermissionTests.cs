using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.Authorize;

/// <summary>What a permission covers, and the roles as the reference document prints them.</summary>
public partial class PermissionTests
{
    [Theory]
    [InlineData("application:read", "application:read", true)]
    [InlineData("application:read", "application:reader", false)]
    [InlineData("application:read", "application:read:all", false)]
    [InlineData("application:read", "application", false)]
    [InlineData("application:*", "application:read", true)]
    [InlineData("application:*", "application:read:all", true)]
    [InlineData("application:*", "application", false)]
    [InlineData("application:*", "applications:read", false)]
    [InlineData("*:read", "application:read", true)]
    [InlineData("*:read", "application:write", false)]
    [InlineData("*:read", "resource:database:read", false)]
    [InlineData("resource:*:read", "resource:database:read", true)]
    [InlineData("resource:*:read", "resource:read", false)]
    [InlineData("*:*", "application:read", true)]
    [InlineData("*:*", "resource:database:read", true)]
    [InlineData("*:*", "application", false)]
    [InlineData("*", "application", true)]
    [InlineData("*", "resource:database:read", true)]
    [InlineData("app*", "application", false)]
    [InlineData("*:", "application:", false)]
    [InlineData("", "application", false)]
    public void Pattern_Covers_WhatItsSegmentsSay(string pattern, string permission, bool covers) =>
        Assert.Equal(covers, new PermissionPattern(pattern).Covers(permission));

    [Fact]
    public void Roles_AsTheReferenceDocumentPrintsThem_AreReadAndMean()
    {
        JsonObject printed = Printed();
        printed["exp"] = TestIssuer.Now.AddMinutes(1).ToUnixTimeSeconds();
        using var issuer = new TestIssuer();
        var extension = new JwtExtension { Claims = new JwtClaimNames { User = "user_id" } };

        Caller caller = Verifiers.Of(extension).Verify(issuer.Sign(claims: printed), issuer.KeySet()).Token!.Caller;

        Assert.Equal("user_123", caller.User);
        Assert.Equal([("developer", "team:frontend"), ("admin", "tenant:company_abc")], caller.Roles.Select(role => (role.Role, role.Scope!.ToString())));
        RoleGrant developer = caller.Roles[0];
        Assert.True(developer.Permits("application:read") && developer.Permits("application:create") && developer.Permits("application:update"));
        Assert.True(developer.Permits("resource:database:read") && developer.Permits("resource:cache:read"));
        Assert.False(developer.Permits("application:delete") || developer.Permits("resource:database:create"));
        Assert.True(caller.Roles[1].Permits("application:delete") && caller.Roles[1].Permits("resource:database:read"));
    }

    [Fact]
    public void Matching_AllocatesNothing()
    {
        var role = new RoleGrant("r", null, [new PermissionPattern("a:b"), new PermissionPattern("resource:*:write"), new PermissionPattern("resource:*")]);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                Assert.True(role.Permits("resource:database:read"));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    // §5.2 of api-gateway-and-realtime.md, read where it stands.
    private static JsonObject Printed()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Headgate.slnx")))
            directory = directory.Parent;
        Assert.NotNull(directory);
        string? path = ((string[])["..", "../.."]).Select(up => Path.Combine(directory.FullName, up, "shared/reference/api-gateway-and-realtime.md")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "The reference documents are expected in ../shared/reference beside the repository.");
        Match section = Section().Match(File.ReadAllText(path, Encoding.UTF8));
        Assert.True(section.Success);
        return JsonSerializer.Deserialize<JsonObject>(section.Groups["json"].Value)!;
    }

    [GeneratedRegex(@"### 5\.2 .*?```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Section();
}
