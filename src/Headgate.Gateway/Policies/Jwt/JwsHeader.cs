using System.Text.Json;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>
/// What of a token's header is heard (RFC 7515 §4.1). <c>jku</c>, <c>jwk</c>, <c>x5u</c> and <c>x5c</c> are not: a token does not say by which key it is to be believed (RFC 8725 §3.10).
/// </summary>
internal readonly ref struct JwsHeader
{
    private const int MostDepth = 4;
    private const int MostKeyIdBytes = 256;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = MostDepth };

    public SignatureAlgorithm? Algorithm { get; private init; }

    /// <summary>The key's id, or null.</summary>
    public string? KeyId { get; private init; }

    /// <summary>Reads a header.</summary>
    /// <param name="json">The decoded header.</param>
    /// <param name="names">Room for the names of its members, as long as the header.</param>
    /// <param name="header">The header.</param>
    /// <returns>Null, or why the token is refused.</returns>
    /// <exception cref="JsonException">It is not JSON, or too deep.</exception>
    /// <exception cref="InvalidOperationException">A string is not Unicode.</exception>
    public static string? Read(ReadOnlySpan<byte> json, Span<byte> names, out JwsHeader header)
    {
        header = default;
        var reader = new Utf8JsonReader(json, s_options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return "The token's header is not an object.";
        var seen = new MemberNames(names);
        string? algorithm = null;
        string? keyId = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // RFC 7515 §4: the names of header parameters must be unique.
            if (!seen.Add(ref reader))
                return "The token's header has a member twice.";
            if (Member(ref reader, ref algorithm, ref keyId) is { } reason)
                return reason;
        }

        if (reader.Read())
            return "The token's header is not an object.";
        header = new JwsHeader { Algorithm = SignatureAlgorithm.Named(algorithm), KeyId = keyId };
        return header.Algorithm is null ? "The token's algorithm is not accepted." : null;
    }

    private static string? Member(ref Utf8JsonReader reader, ref string? algorithm, ref string? keyId)
    {
        if (reader.ValueTextEquals("alg"u8))
            return Text(ref reader, out algorithm) ? null : "The token's algorithm is not accepted.";
        if (reader.ValueTextEquals("kid"u8))
            return Text(ref reader, out keyId) && keyId!.Length <= MostKeyIdBytes ? null : "The token's key id is malformed.";

        // RFC 7515 §4.1.11: an extension that must be understood and is not. Headgate understands none.
        if (reader.ValueTextEquals("crit"u8) || reader.ValueTextEquals("b64"u8))
            return "The token asks for an extension that is not understood.";
        if (reader.ValueTextEquals("typ"u8))
            return Text(ref reader, out string? type) && IsAccessTokenType(type!) ? null : "The token is of another type than a JWT for access.";
        if (reader.ValueTextEquals("cty"u8))
            return "The token holds something else than claims.";
        reader.Skip();
        return null;
    }

    // RFC 8725 §3.11: a token of another kind (an id of a device, a logout notice) is not one for access. RFC 9068 §2.1, RFC 7515 §4.1.9.
    private static bool IsAccessTokenType(string type)
    {
        ReadOnlySpan<char> name = type;
        if (name.StartsWith("application/", StringComparison.OrdinalIgnoreCase))
            name = name["application/".Length..];
        return name.Equals("JWT", StringComparison.OrdinalIgnoreCase) || name.Equals("at+jwt", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Text(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }
}
