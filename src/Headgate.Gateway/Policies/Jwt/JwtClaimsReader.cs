using System.Text.Json;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Reads the claims of a verified token in one pass over its bytes. Thread-safe.</summary>
internal sealed class JwtClaimsReader(JwtRules rules)
{
    /// <summary>How deep a token's claims may nest.</summary>
    public const int MostDepth = 16;

    /// <summary>The longest claim that is kept for what a document reads; a longer one is as if it were not there.</summary>
    public const int MostKeptChars = 256;

    private const double FirstSecondOf9999 = 253_370_764_800;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = MostDepth };

    /// <summary>Reads.</summary>
    /// <param name="json">The claims.</param>
    /// <param name="names">Room for the names of its members, as long as the claims.</param>
    /// <param name="claims">What was found.</param>
    /// <returns>Null, or why the token is refused.</returns>
    /// <exception cref="JsonException">It is not JSON, or too deep.</exception>
    /// <exception cref="InvalidOperationException">A string is not Unicode.</exception>
    public string? Read(ReadOnlySpan<byte> json, Span<byte> names, ref JwtClaims claims)
    {
        var reader = new Utf8JsonReader(json, s_options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return "The token's claims are not an object.";
        var seen = new MemberNames(names);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // RFC 7519 §4: the names of claims must be unique.
            if (!seen.Add(ref reader))
                return "The token has a claim twice, or too many.";
            string? reason = Registered(reader, ref claims) ?? Named(reader, ref claims);
            if (reason is not null)
                return reason;
            Keep(reader, ref claims);
            reader.Skip();
        }

        return reader.Read() ? "The token's claims are not an object." : null;
    }

    // Each takes a copy of the reader: a document may give one claim two meanings.
    private string? Registered(Utf8JsonReader reader, ref JwtClaims claims)
    {
        if (reader.ValueTextEquals("exp"u8))
            return (claims.Expires = Instant(ref reader)) is null ? "The token's 'exp' is malformed." : null;
        if (reader.ValueTextEquals("nbf"u8))
            return (claims.NotBefore = Instant(ref reader)) is null ? "The token's 'nbf' is malformed." : null;
        if (reader.ValueTextEquals("iat"u8))
            return (claims.IssuedAt = Instant(ref reader)) is null ? "The token's 'iat' is malformed." : null;
        if (reader.ValueTextEquals("iss"u8))
            return (claims.Issuer = Text(ref reader)) is null ? "The token's 'iss' is malformed." : null;
        if (!reader.ValueTextEquals("aud"u8))
            return null;
        if (!ClaimLists.TryFindAny(ref reader, rules.Audiences, out bool found))
            return "The token's 'aud' is malformed.";
        claims.HasAudience = found;
        return null;
    }

    // Texts, numbers and truth values: what else a document might read has no one meaning.
    private void Keep(Utf8JsonReader reader, ref JwtClaims claims)
    {
        for (int i = 0; i < rules.KeptClaims.Count; i++)
        {
            string name = rules.KeptClaims[i];
            if (!reader.ValueTextEquals(name))
                continue;
            reader.Read();
            string? text = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
            if (text is { Length: <= MostKeptChars })
                (claims.Kept ??= []).Add(new(name, text));
            return;
        }
    }

    private string? Named(Utf8JsonReader reader, ref JwtClaims claims)
    {
        // Most claims are none of these; and many issuers write null for what a user does not have.
        bool isUser = reader.ValueTextEquals(rules.UserClaim);
        bool isTenant = reader.ValueTextEquals(rules.TenantClaim);
        bool isScopes = reader.ValueTextEquals(rules.ScopesClaim);
        bool isOtherScopes = rules.OtherScopesClaim.Length > 0 && reader.ValueTextEquals(rules.OtherScopesClaim);
        bool isRoles = reader.ValueTextEquals(rules.RolesClaim);
        Utf8JsonReader value = reader;
        if (!(isUser | isTenant | isScopes | isOtherScopes | isRoles) || (value.Read() && value.TokenType == JsonTokenType.Null))
            return null;

        if (isUser && (claims.User = Identifier(reader, CallerText.IsUser)) is null)
            return "The token's user cannot be one.";
        if (isTenant && (claims.Tenant = Identifier(reader, CallerText.IsTenant)) is null)
            return "The token's tenant cannot be one.";
        if (isScopes && (claims.Scopes = ClaimLists.Scopes(reader)) is null)
            return "The token's scopes are malformed.";
        if (isOtherScopes && (claims.OtherScopes = ClaimLists.Scopes(reader)) is null)
            return "The token's scopes are malformed.";
        return isRoles && (claims.Roles = RoleClaims.Read(reader)) is null ? "The token's roles are malformed." : null;
    }

    // RFC 7519 §2: a NumericDate is a number of seconds, fractions allowed.
    private static double? Instant(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double seconds) && seconds is >= 0 and < FirstSecondOf9999 ? seconds : null;

    private static string? Text(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    // Numbers too: many tenants and users have one for a name.
    private static string? Identifier(Utf8JsonReader reader, Func<string, bool> isOne)
    {
        reader.Read();
        string? text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt64(out long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is not null && isOne(text) ? text : null;
    }
}
