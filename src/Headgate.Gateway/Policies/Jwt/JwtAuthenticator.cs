using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>
/// Checks the bearer token of a request. One that was verified lately is known again at once; another is verified here when that is quick, on the pool when it
/// may take long, and after asking the issuer when its key is not known.
/// </summary>
internal sealed class JwtAuthenticator(JwtVerifier verifier, IssuerKeys keys, VerifiedTokens verified, RefusalLog log) : Authenticator
{
    private const string NoKeys = "The keys of the token's issuer cannot be had at the moment.";

    public override string ChallengeScheme => BearerToken.Scheme;

    /// <summary>The keys of the issuer.</summary>
    public IssuerKeys Keys => keys;

    public override ValueTask<AuthenticationResult> AuthenticateAsync(GatewayContext context)
    {
        int start = BearerToken.Find(context.Request.Headers.Authorization);
        if (start < 0)
            return new ValueTask<AuthenticationResult>(start == -1 ? AuthenticationResult.NotPresented : Refuse(context, "The request has several credentials."));

        string field = context.Request.Headers.Authorization.ToString();
        DateTimeOffset now = context.Clock.GetUtcNow();
        KeySnapshot? known = keys.Usable(now);
        if (known is not null && context.Explanation is null && verified.Find(this, known.Keys, field.AsSpan(start), now) is { } caller)
            return new ValueTask<AuthenticationResult>(AuthenticationResult.Authenticated(caller));
        return VerifyAsync(context, field, start, known);
    }

    private async ValueTask<AuthenticationResult> VerifyAsync(GatewayContext context, string field, int start, KeySnapshot? known)
    {
        if (known is null)
        {
            await keys.EnsureAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            known = keys.Usable(context.Clock.GetUtcNow());
            if (known is null)
                return AuthenticationResult.Unavailable(NoKeys);
        }

        JwtResult result = Verify(context, field, start, known, mayHold: false);
        if (result.Outcome == JwsOutcome.WantsPool)
        {
            await PoolHop.Now();
            result = Verify(context, field, start, known, mayHold: true);
        }

        if (result.Outcome == JwsOutcome.UnknownKey && await keys.FindAsync(result.KeyId!) && keys.Usable(context.Clock.GetUtcNow()) is { } newer)
            result = Verify(context, field, start, known = newer, mayHold: true);
        if (result.Token is not { } token)
            return Refuse(context, result.Reason);
        if (context.Explanation is null)
            verified.Add(this, known.Keys, field, start, token, context.Clock.GetUtcNow());
        return AuthenticationResult.Authenticated(token.Caller);
    }

    private JwtResult Verify(GatewayContext context, string field, int start, KeySnapshot known, bool mayHold) =>
        verifier.Verify(field.AsSpan(start), known.Keys, known.Fetched.Issuer, context.Clock.GetUtcNow(), mayHold);

    private AuthenticationResult Refuse(GatewayContext context, string reason)
    {
        if (context.Explanation is null)
            log.Write(context.RequestId, context.Operation?.Id ?? "-", reason);
        return AuthenticationResult.Refused(reason);
    }
}
