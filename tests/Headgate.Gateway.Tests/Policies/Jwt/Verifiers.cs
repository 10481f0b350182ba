using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Verifiers with the rules of the test issuer.</summary>
internal static class Verifiers
{
    public static JwtVerifier Of(params JwtAlgorithm[] algorithms) => Of(new JwtExtension { Issuer = TestIssuer.Name, Audiences = [TestIssuer.Audience] }, algorithms);

    public static JwtVerifier Of(JwtExtension extension, params JwtAlgorithm[] algorithms) => Of(extension, [], algorithms);

    public static JwtVerifier Of(JwtExtension extension, string[] keptClaims, params JwtAlgorithm[] algorithms) =>
        new(JwtRules.Of(extension, "tenant_id", keptClaims), new JwtAlgorithmSet(algorithms.Length == 0 ? extension.Algorithms : algorithms));

    public static JwtResult Verify(this JwtVerifier verifier, string token, KeySet keys, DateTimeOffset? now = null) =>
        verifier.Verify(token, keys, issuer: null, now ?? TestIssuer.Now, mayHold: true);

    /// <summary>What the ordinary verifier says of the claims with a change.</summary>
    public static JwtResult WithClaims(Action<JsonObject> change, JwtExtension? extension = null, params string[] keptClaims)
    {
        using var issuer = new TestIssuer();
        JsonObject claims = TestIssuer.Claims();
        change(claims);
        return Of(extension ?? new JwtExtension { Issuer = TestIssuer.Name, Audiences = [TestIssuer.Audience] }, keptClaims).Verify(issuer.Sign(claims: claims), issuer.KeySet());
    }
}
