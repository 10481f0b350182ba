using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What <c>x-gateway-jwt</c> says: which tokens are accepted (RFC 7519, RFC 8725).</summary>
public sealed record JwtExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-jwt",
        typeof(JwtExtension),
        ExtensionLocations.SecurityScheme,
        "Which JSON Web Tokens the security scheme accepts.");

    /// <summary>The issuer; null where the scheme's discovery document names it.</summary>
    [Setting("The `iss` of accepted tokens.", Default = "what the discovery document of an `openIdConnect` scheme names")]
    public string? Issuer { get; init; }

    /// <summary>The audiences, of which a token must name one; empty for any.</summary>
    [Setting("The audiences of which a token must name one in `aud`.", Aliases = ["audience"], AllowSingle = true, Default = "any")]
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Where the keys are; null for discovery from the issuer.</summary>
    [Setting("Where the issuer's keys are.", Default = "OpenID Connect discovery from the issuer")]
    public JwksSource? Jwks { get; init; }

    /// <summary>The signature algorithms that are accepted.</summary>
    [Setting("The signature algorithms that are accepted. `none` never is; `HS256`, `HS384` and `HS512` only where named. `EdDSA` needs a platform that has it: .NET 10 does not.", Count = "1..")]
    public IReadOnlyList<JwtAlgorithm> Algorithms { get; init; } = [JwtAlgorithm.RS256, JwtAlgorithm.PS256, JwtAlgorithm.ES256, JwtAlgorithm.EdDSA];

    /// <summary>How far clocks may differ.</summary>
    [Setting("How far the issuer's clock may differ, for `exp`, `nbf` and `iat`.", Range = "0s..5m")]
    public Duration ClockSkew { get; init; } = Duration.FromSeconds(30);

    /// <summary>The names of the claims that Headgate reads.</summary>
    [Setting("The names of the claims that Headgate reads.")]
    public JwtClaimNames Claims { get; init; } = new();

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
