using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Which tokens hold, and what is read from them.</summary>
public class JwtVerifierTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public void Token_OfEachAlgorithm_HoldsWhereItIsNamed(string algorithm)
    {
        using var issuer = new TestIssuer();
        JwtAlgorithm named = Enum.Parse<JwtAlgorithm>(algorithm);
        string token = issuer.Sign(algorithm);

        Assert.Equal(JwsOutcome.Verified, Verifiers.Of(named).Verify(token, issuer.KeySet(algorithm)).Outcome);
        JwtAlgorithm[] others = [.. Enum.GetValues<JwtAlgorithm>().Where(other => other != named)];
        Assert.Equal("The token's algorithm is not accepted.", Verifiers.Of(others).Verify(token, issuer.KeySet(algorithm)).Reason);
    }

    [Fact]
    public void Caller_OfAToken_HasItsUserTenantAndScopes()
    {
        Caller caller = Verifiers.WithClaims(_ => { }).Token!.Caller;

        Assert.Equal(("user-7", "acme"), (caller.User, caller.Tenant));
        Assert.Equal(["orders:read", "profile"], caller.Scopes);
    }

    [Theory]
    [InlineData("""["a", "b"]""")]
    [InlineData("\"a b\"")]
    [InlineData("\" a  b \"")]
    public void Scopes_AsListOrWords_AreRead(string scopes)
    {
        Assert.Equal(["a", "b"], Verifiers.WithClaims(claims => claims["scope"] = JsonNode.Parse(scopes)).Token!.Caller.Scopes);
        Assert.Equal(["a", "b"], Verifiers.WithClaims(claims =>
        {
            claims.Remove("scope");
            claims["scp"] = JsonNode.Parse(scopes);
        }).Token!.Caller.Scopes);
    }

    [Fact]
    public void Claims_UnderOtherNames_AreReadWhereTheDocumentSaysSo()
    {
        var extension = new JwtExtension { Claims = new JwtClaimNames { User = "https://example.com/user", Tenant = "org", Scopes = "may" } };
        Caller caller = Verifiers.WithClaims(
            claims =>
            {
                claims["https://example.com/user"] = "ada";
                claims["org"] = 42;
                claims["may"] = "x";
            },
            extension).Token!.Caller;

        Assert.Equal(("ada", "42"), (caller.User, caller.Tenant));
        Assert.Equal(["x"], caller.Scopes);
    }

    [Fact]
    public void Roles_AsNamesAndObjects_AreRead()
    {
        Caller caller = Verifiers.WithClaims(claims => claims["roles"] = JsonNode.Parse("""
            ["reader", {"role": "developer", "scope": "team:frontend", "extra": {"a": [1]}, "permissions": ["application:read", "resource:*"]}]
            """)).Token!.Caller;

        Assert.Equal(["reader", "developer"], caller.Roles.Select(role => role.Role));
        Assert.Equal("team:frontend", caller.Roles[1].Scope!.ToString());
        Assert.True(caller.Roles[1].Permits("resource:cache:read"));
        Assert.False(caller.Roles[0].Permits("application:read"));
    }

    [Theory]
    [InlineData("roles", "7")]
    [InlineData("roles", """[{"role": "a", "scope": "nowhere"}]""")]
    [InlineData("roles", """[{"role": "a", "scope": 7}]""")]
    [InlineData("roles", """[{"permissions": ["*"]}]""")]
    [InlineData("roles", """[{"role": "a", "permissions": ["b", 1]}]""")]
    [InlineData("scope", "7")]
    [InlineData("scope", """["a", 7]""")]
    [InlineData("sub", "true")]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "\"a\\r\\nX-Admin: 1\"")]
    [InlineData("sub", "\"\\u00e9\"")]
    [InlineData("tenant_id", "\"a/b\"")]
    [InlineData("tenant_id", """{"a": 1}""")]
    [InlineData("aud", "7")]
    [InlineData("aud", """["api://orders", 7]""")]
    [InlineData("exp", "\"soon\"")]
    [InlineData("exp", "1e300")]
    [InlineData("exp", "-1")]
    [InlineData("nbf", "\"x\"")]
    [InlineData("iat", "[]")]
    [InlineData("iss", "[\"https://idp.example\"]")]
    public void Claim_OfTheWrongForm_RefusesTheToken(string name, string value)
    {
        JwtResult result = Verifiers.WithClaims(claims => claims[name] = JsonNode.Parse(value));

        Assert.Equal(JwsOutcome.Refused, result.Outcome);
        Assert.Null(result.Token);
    }

    [Fact]
    public void Role_WithAMemberTwice_RefusesTheToken() =>
        Assert.Equal("The token's roles are malformed.", RefusalOfText("""{"roles":[{"role":"a","permissions":[],"permissions":["*:*"]}],"exp":1767312600}"""));

    [Theory]
    [InlineData("exp", -31, "The token has expired.")]
    [InlineData("exp", -30, "The token has expired.")]
    [InlineData("exp", -29, null)]
    [InlineData("nbf", 31, "The token is not valid yet.")]
    [InlineData("nbf", 30, null)]
    [InlineData("iat", 31, "The token is not valid yet.")]
    [InlineData("iat", 30, null)]
    public void Times_AreHeldTo_TheToleranceForClocks(string name, int seconds, string? reason)
    {
        JwtResult result = Verifiers.WithClaims(claims => claims[name] = TestIssuer.Now.ToUnixTimeSeconds() + seconds);
        Assert.Equal(reason ?? "", result.Reason);
    }

    [Fact]
    public void Times_WithFractions_AreRead() =>
        Assert.Equal(JwsOutcome.Verified, Verifiers.WithClaims(claims => claims["exp"] = TestIssuer.Now.ToUnixTimeSeconds() + 0.5).Outcome);

    [Fact]
    public void Token_WithoutAnEnd_IsRefused() =>
        Assert.Equal("The token has no 'exp'.", Verifiers.WithClaims(claims => claims.Remove("exp")).Reason);

    [Theory]
    [InlineData("iss", "https://other.example", "The token is from another issuer.")]
    [InlineData("iss", "https://idp.example/", "The token is from another issuer.")]
    [InlineData("iss", null, "The token is from another issuer.")]
    [InlineData("aud", "api://payments", "The token is for another audience.")]
    [InlineData("aud", null, "The token is for another audience.")]
    public void Token_OfOthers_IsRefused(string name, string? value, string reason) =>
        Assert.Equal(reason, Verifiers.WithClaims(claims =>
        {
            claims.Remove(name);
            if (value is not null)
                claims[name] = value;
        }).Reason);

    [Fact]
    public void Audiences_AsAList_NeedOneThatIsAccepted()
    {
        Assert.Equal(JwsOutcome.Verified, Verifiers.WithClaims(claims => claims["aud"] = new JsonArray("x", TestIssuer.Audience)).Outcome);
        Assert.Equal("The token is for another audience.", Verifiers.WithClaims(claims => claims["aud"] = new JsonArray("x", "y")).Reason);
    }

    [Fact]
    public void IssuerOfDiscovery_IsHeldTo_WhereTheDocumentNamesNone()
    {
        using var issuer = new TestIssuer();
        JwtVerifier verifier = Verifiers.Of(new JwtExtension());

        Assert.Equal(JwsOutcome.Verified, verifier.Verify(issuer.Sign(), issuer.KeySet(), TestIssuer.Name, TestIssuer.Now, mayHold: true).Outcome);
        Assert.Equal("The token is from another issuer.", verifier.Verify(issuer.Sign(), issuer.KeySet(), "https://other.example", TestIssuer.Now, mayHold: true).Reason);
    }

    private static string RefusalOfText(string claims)
    {
        using var issuer = new TestIssuer();
        return Verifiers.Of(new JwtExtension()).Verify(issuer.SignText("RS256", """{"alg":"RS256"}""", claims), issuer.KeySet()).Reason;
    }

    [Fact]
    public void Claims_ThatTheDocumentReads_AreKept_AndNoOthers()
    {
        JwtResult result = Verifiers.WithClaims(
            claims =>
            {
                claims["client"] = "mobile";
                claims["level"] = 3;
                claims["list"] = new JsonArray("a");
                claims["long"] = new string('x', JwtClaimsReader.MostKeptChars + 1);
                claims["other"] = "o";
            },
            keptClaims: ["client", "level", "list", "long", "none"]);
        Assert.Equal([new("client", "mobile"), new("level", "3")], result.Token!.Caller.Claims);
        Assert.Equal(("mobile", null), (result.Token.Caller.Claim("client"), result.Token.Caller.Claim("other")));
    }
}
