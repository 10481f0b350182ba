namespace Commerce.Users.Identity;

/// <summary>What applications find out about the provider (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).</summary>
internal sealed record ProviderMetadata
{
    private static readonly string[] SecretMethods = ["client_secret_basic", "client_secret_post", "none"];

    public required string Issuer { get; init; }

    public required string AuthorizationEndpoint { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string UserinfoEndpoint { get; init; }

    public required string JwksUri { get; init; }

    public required string RevocationEndpoint { get; init; }

    public required string EndSessionEndpoint { get; init; }

    public IReadOnlyList<string> ScopesSupported { get; } = Scopes.Supported;

    public IReadOnlyList<string> ResponseTypesSupported { get; } = ["code"];

    public IReadOnlyList<string> ResponseModesSupported { get; } = ["query"];

    public IReadOnlyList<string> GrantTypesSupported { get; } = ["authorization_code", "refresh_token"];

    public IReadOnlyList<string> SubjectTypesSupported { get; } = ["public"];

    public IReadOnlyList<string> IdTokenSigningAlgValuesSupported { get; } = [Shared.Security.JwtFormat.Algorithm];

    public IReadOnlyList<string> TokenEndpointAuthMethodsSupported { get; } = SecretMethods;

    public IReadOnlyList<string> RevocationEndpointAuthMethodsSupported { get; } = SecretMethods;

    public IReadOnlyList<string> CodeChallengeMethodsSupported { get; } = [ProofKey.Method];

    public IReadOnlyList<string> PromptValuesSupported { get; } = ["none", "login", "consent", "select_account"];

    public IReadOnlyList<string> ClaimsSupported { get; } =
    [
        "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash",
        "name", "given_name", "family_name", "preferred_username", "picture", "birthdate", "updated_at", "email", "email_verified",
    ];

    public bool AuthorizationResponseIssParameterSupported { get; } = true;

    public bool ClaimsParameterSupported { get; }

    public bool RequestParameterSupported { get; }

    public bool RequestUriParameterSupported { get; }

    public static ProviderMetadata Of(IssuerAddress issuer) => new()
    {
        Issuer = issuer.Text,
        AuthorizationEndpoint = issuer.At("/authorize"),
        TokenEndpoint = issuer.At("/token"),
        UserinfoEndpoint = issuer.At("/userinfo"),
        JwksUri = issuer.At("/jwks.json"),
        RevocationEndpoint = issuer.At("/revoke"),
        EndSessionEndpoint = issuer.At("/logout"),
    };
}
