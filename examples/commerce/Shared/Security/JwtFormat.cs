using System.Text.Json;
using System.Text.Json.Serialization;

namespace Commerce.Shared.Security;

/// <summary>What signer and verifier of access tokens agree on.</summary>
internal static class JwtFormat
{
    public const string Audience = "api://orders";
    public const string Algorithm = "RS256";

    /// <summary>Claim names are snake case (<c>tenant_id</c>), unlike the services' own JSON.</summary>
    public static readonly JsonSerializerOptions Claims = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
    };
}
