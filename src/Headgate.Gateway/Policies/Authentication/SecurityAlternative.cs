using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>One entry of a <c>security</c> list: all its schemes must hold (OpenAPI 3.1 §4.8.30). Immutable.</summary>
internal sealed class SecurityAlternative(RequiredScheme[] schemes)
{
    /// <summary>Whether it holds without any credential that is checked here: <c>{}</c>, or one that is left to the upstreams.</summary>
    public bool AsksNothing => Array.TrueForAll(schemes, scheme => scheme.Authenticator is null);

    /// <summary>Whether it is <c>{}</c>.</summary>
    public bool IsAnonymous => schemes.Length == 0;

    public IEnumerable<RequiredScheme> Schemes => schemes;

    /// <summary>Whether what <c>Authorization</c> says is checked by one of its schemes.</summary>
    public bool ReadsAuthorization { get; } = Array.Exists(schemes, scheme => scheme.Authenticator?.ReadsAuthorization == true);

    /// <summary>Checks all its schemes, up to the first that does not hold.</summary>
    public async ValueTask<AlternativeResult> TryAsync(GatewayContext context)
    {
        Caller? caller = null;
        string? apiKey = null;
        foreach (RequiredScheme scheme in schemes)
        {
            if (scheme.Authenticator is not { } authenticator)
                continue;
            AuthenticationResult result = await authenticator.AuthenticateAsync(context);
            if (result.Caller is not { } found)
                return new AlternativeResult(result.Outcome, null, scheme, result.Reason);
            if (scheme.Lacks(found) is { } scope)
                return new AlternativeResult(AuthenticationOutcome.Refused, null, scheme, "") { MissingScope = scope };
            if (Contradict(caller, found))
                return new AlternativeResult(AuthenticationOutcome.Refused, null, scheme, "The credentials are of different tenants.");

            caller = Join(caller, found);
            apiKey ??= result.ApiKey;
        }

        return new AlternativeResult(AuthenticationOutcome.Authenticated, caller, null, "") { ApiKey = apiKey };
    }

    public override string ToString() => IsAnonymous ? "nobody in particular" : string.Join(" and ", schemes.Select(scheme => scheme.ToString()));

    // The first that names a user speaks for the request. Its tenant is that of whichever names one: the other must not be taken for anybody's.
    private static Caller Join(Caller? one, Caller other)
    {
        if (one is null)
            return other;
        Caller speaker = one.User is null ? other : one;
        return (speaker.Tenant ?? one.Tenant ?? other.Tenant) is var tenant && tenant == speaker.Tenant ? speaker : speaker with { Tenant = tenant };
    }

    private static bool Contradict(Caller? one, Caller other) =>
        one?.Tenant is { } tenant && other.Tenant is { } otherTenant && !string.Equals(tenant, otherTenant, StringComparison.Ordinal);
}
