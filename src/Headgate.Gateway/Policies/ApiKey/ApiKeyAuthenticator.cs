using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>Checks the API key of a request against the keys in memory: no store, no lock, nothing on the heap, whether it holds or not.</summary>
/// <param name="places">Where the key may stand, the scheme's own place first.</param>
/// <param name="keys">The keys.</param>
/// <param name="staleFor">How old what is known of them may be.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed class ApiKeyAuthenticator(CredentialPlace[] places, KnownKeys keys, TimeSpan staleFor, ApiKeyRefusals log) : Authenticator
{
    private const string Several = "The request has several API keys.";
    private const string Malformed = "This is no API key of this gateway.";

    public override string ChallengeScheme => "ApiKey";

    // Letters of a name that a quoted string would have to escape (RFC 9110 §5.6.4) are none that a key's place has: the checker sees to it.
    public override string ChallengeParameters { get; } = $"in=\"{places[0].In.ToString().ToLowerInvariant()}\", name=\"{places[0].Name}\"";

    public override IReadOnlyList<CredentialPlace> Consumes => places;

    public override ValueTask<AuthenticationResult> AuthenticateAsync(GatewayContext context) => new(Authenticate(context));

    private AuthenticationResult Authenticate(GatewayContext context)
    {
        int presented = PresentedCredential.Find(places, context.Request, out ReadOnlySpan<char> key);
        if (presented == 0)
            return AuthenticationResult.NotPresented;
        if (presented > 1)
            return Refuse(context, default, Several);
        if (!ApiKeyText.TryReadId(key, out ReadOnlySpan<char> id))
            return Refuse(context, default, Malformed);

        DateTimeOffset now = context.Clock.GetUtcNow();
        if (!keys.AreUsable(now, staleFor))
            return AuthenticationResult.Unavailable(keys.ReadAt is null ? "API keys can be checked by a running instance alone." : "The API keys cannot be read from the store at the moment.");
        return Decide(context, keys.Find(id), ApiKeyDigest.Of(key), id, now.ToUnixTimeMilliseconds());
    }

    private AuthenticationResult Decide(GatewayContext context, KnownKey? known, in ApiKeyDigest digest, ReadOnlySpan<char> id, long now)
    {
        ApiKeyVerdict verdict = known?.Check(digest, now) ?? ApiKeyVerdict.Unknown;
        if (verdict != ApiKeyVerdict.Holds)
            return Refuse(context, id, ReasonOf(verdict));
        if (context.Explanation is null)
            known!.Use(now);
        return AuthenticationResult.Authenticated(known!.Caller, known.Id);
    }

    private static string ReasonOf(ApiKeyVerdict verdict) => verdict switch
    {
        ApiKeyVerdict.Expired => "The API key has expired.",
        ApiKeyVerdict.Replaced => "The API key was replaced by another.",
        _ => "The API key is unknown or was revoked.",
    };

    private AuthenticationResult Refuse(GatewayContext context, ReadOnlySpan<char> id, string reason)
    {
        if (context.Explanation is null)
            log.Write(id, context.RequestId, context.Operation?.Id ?? "-", reason);
        return AuthenticationResult.Refused(reason);
    }
}
