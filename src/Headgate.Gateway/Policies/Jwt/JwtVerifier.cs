using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Decides about a token: form, signature, then claims (RFC 7519, RFC 8725, RFC 9068). Thread-safe.</summary>
/// <param name="rules">Which tokens are accepted.</param>
/// <param name="algorithms">The algorithms that may be used.</param>
internal sealed class JwtVerifier(JwtRules rules, JwtAlgorithmSet algorithms)
{
    private readonly JwsVerifier _signatures = new(algorithms);
    private readonly JwtClaimsReader _claims = new(rules);

    /// <summary>Decides.</summary>
    /// <param name="token">The token.</param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="issuer">The issuer's name, where the rules leave it to discovery.</param>
    /// <param name="now">The time.</param>
    /// <param name="mayHold">Whether the thread may be held by a long computation.</param>
    public JwtResult Verify(ReadOnlySpan<char> token, KeySet keys, string? issuer, DateTimeOffset now, bool mayHold)
    {
        if (token.Length > JwsVerifier.MostTokenChars)
            return Refuse("The token is too large.");
        byte[] rented = ArrayPool<byte>.Shared.Rent(JwsVerifier.ScratchBytes(token.Length));
        try
        {
            Span<byte> scratch = rented.AsSpan(0, JwsVerifier.ScratchBytes(token.Length));
            JwsResult signature = _signatures.Verify(token, keys, mayHold, scratch);
            return signature.Outcome == JwsOutcome.Verified
                ? CheckClaims(signature.Payload, scratch[^token.Length..], issuer, now)
                : new JwtResult(signature.Outcome, null, signature.Reason, signature.KeyId);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private JwtResult CheckClaims(ReadOnlySpan<byte> payload, Span<byte> names, string? issuer, DateTimeOffset now)
    {
        var claims = default(JwtClaims);
        string? reason;
        try
        {
            reason = _claims.Read(payload, names, ref claims);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            reason = "The token's claims are malformed.";
        }

        reason ??= CheckParties(claims, rules.Issuer ?? issuer) ?? CheckTimes(claims, now.ToUnixTimeMilliseconds() / 1000.0, rules.ClockSkew.TotalSeconds);
        return reason is null ? Accept(claims) : Refuse(reason);
    }

    // RFC 8725 §3.8 and §3.9.
    private string? CheckParties(in JwtClaims claims, string? issuer)
    {
        if (issuer is not null && !string.Equals(claims.Issuer, issuer, StringComparison.Ordinal))
            return "The token is from another issuer.";
        return rules.Audiences.Count > 0 && !claims.HasAudience ? "The token is for another audience." : null;
    }

    // RFC 7519 §4.1.4 to §4.1.6. A token without end could never be taken back.
    private static string? CheckTimes(in JwtClaims claims, double now, double skew)
    {
        if (claims.Expires is not { } expires)
            return "The token has no 'exp'.";
        if (now >= expires + skew)
            return "The token has expired.";
        return claims.NotBefore > now + skew || claims.IssuedAt > now + skew ? "The token is not valid yet." : null;
    }

    private JwtResult Accept(in JwtClaims claims)
    {
        var caller = new Caller
        {
            User = claims.User,
            Tenant = claims.Tenant,
            Subject = claims.User is { } user ? new Subject(rules.Subjects, user) : null,
            Scopes = claims.Scopes ?? claims.OtherScopes ?? [],
            Roles = claims.Roles ?? [],
            Claims = claims.Kept ?? [],
        };
        DateTimeOffset until = DateTimeOffset.UnixEpoch.AddSeconds(claims.Expires!.Value).Add(rules.ClockSkew);
        return new JwtResult(JwsOutcome.Verified, new VerifiedToken(caller, until), "", null);
    }

    private static JwtResult Refuse(string reason) => new(JwsOutcome.Refused, null, reason, null);
}
