using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>
/// Finds out who calls: the first alternative of the operation's <c>security</c> that holds. A credential that is there and does not hold is refused even where
/// <c>{}</c> would let nobody in particular in: its sender must learn of it, not be served as somebody else.
/// </summary>
/// <param name="alternatives">The alternatives that ask for a credential which is checked here.</param>
/// <param name="allowsAnonymous">Whether one of the others is <c>{}</c>.</param>
/// <param name="leftToUpstreams">Those of the others that are left to the upstreams, in words; empty for none.</param>
/// <param name="realm">What the credentials are for, as clients see it.</param>
internal sealed class AuthenticationPolicy(SecurityAlternative[] alternatives, bool allowsAnonymous, string leftToUpstreams, string realm) : GatewayPolicy
{
    private readonly string _challenge = string.Join(", ", alternatives.SelectMany(alternative => alternative.Schemes).Select(scheme => scheme.Authenticator)
        .OfType<Authenticator>().Select(authenticator => Challenge(authenticator, realm, "")).Distinct());

    private readonly string[] _accepted =
    [
        .. alternatives.Select(alternative => alternative.ToString()),
        .. leftToUpstreams.Length > 0 ? [$"{leftToUpstreams} checked by the services"] : Array.Empty<string>(),
        .. allowsAnonymous ? ["nobody in particular"] : Array.Empty<string>(),
    ];

    public override string Name => "authentication";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => [new PlanSetting("security", string.Join(" or ", _accepted))];

    public override async ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        AlternativeResult nearest = default;
        foreach (SecurityAlternative alternative in alternatives)
        {
            AlternativeResult result = await alternative.TryAsync(context);
            if (result.Outcome == AuthenticationOutcome.Authenticated)
                return Accept(context, alternative, result);
            if (result.Rank > nearest.Rank)
                nearest = result;
        }

        bool wasPresented = nearest.Outcome != AuthenticationOutcome.NotPresented;
        if (leftToUpstreams.Length > 0)
        {
            context.Explanation?.Add(Name, "upstream", $"{leftToUpstreams} is left to the upstreams");
            return PolicyVerdict.Continue;
        }

        if (allowsAnonymous && !wasPresented)
        {
            context.Explanation?.Add(Name, "continue", "nobody in particular may call");
            return PolicyVerdict.Continue;
        }

        return Refuse(context, nearest);
    }

    private PolicyVerdict Accept(GatewayContext context, SecurityAlternative alternative, AlternativeResult result)
    {
        Caller caller = result.Caller!;
        (context.Caller, context.User, context.ApiKey, context.HasVerifiedAuthorization) = (caller, caller.User, result.ApiKey, alternative.ReadsAuthorization);
        context.Explanation?.Add(Name, "continue", $"{alternative}: {(result.ApiKey is { } key ? $"API key {key}, " : "")}user {caller.User ?? "unnamed"}, tenant {caller.Tenant ?? "unnamed"}, scopes {(caller.Scopes.Count == 0 ? "none" : string.Join(' ', caller.Scopes))}");
        return PolicyVerdict.Continue;
    }

    private PolicyVerdict Refuse(GatewayContext context, AlternativeResult result)
    {
        GatewayFailure failure = result switch
        {
            { MissingScope: { } scope } => MissingScope(result.Scheme!, scope),
            { Outcome: AuthenticationOutcome.Refused } => new GatewayFailure(ErrorCatalogue.CredentialsInvalid, result.Reason) { Challenge = Challenge(result.Scheme!, $"error=\"invalid_token\", error_description=\"{result.Reason}\"") },
            { Outcome: AuthenticationOutcome.Unavailable } => new GatewayFailure(ErrorCatalogue.AuthenticationUnavailable, result.Reason) { RetryAfter = TimeSpan.FromSeconds(5) },

            // RFC 6750 §3.1: who presented nothing is told no error code.
            _ => new GatewayFailure(ErrorCatalogue.CredentialsMissing, $"The operation asks for {string.Join(" or ", alternatives.Select(alternative => alternative.ToString()))}.") { Challenge = _challenge },
        };
        context.Explanation?.Add(Name, "refused", failure.Detail);
        return context.Fail(failure);
    }

    // RFC 6750 §3.1: insufficient_scope is a 403 and names what would suffice.
    private GatewayFailure MissingScope(RequiredScheme scheme, string missing) =>
        new(ErrorCatalogue.ScopeMissing, $"The credential lacks the scope {missing}.")
        {
            Challenge = Challenge(scheme, $"error=\"insufficient_scope\", scope=\"{string.Join(' ', scheme.Scopes)}\""),
        };

    private string Challenge(RequiredScheme scheme, string error) => Challenge(scheme.Authenticator!, realm, error);

    private static string Challenge(Authenticator authenticator, string realm, string error) =>
        string.Join(", ", new[] { $"{authenticator.ChallengeScheme} realm=\"{realm}\"", authenticator.ChallengeParameters, error }.Where(part => part.Length > 0));
}
