using Headgate.Gateway.Plans;
using Headgate.Gateway.ServiceAccounts.OAuth;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>What a plan makes of service accounts. Immutable.</summary>
/// <param name="IsOffered">Whether clients can get tokens.</param>
/// <param name="Scopes">The scopes that its documents declare for them.</param>
public sealed record ServiceAccountUse(bool IsOffered, IReadOnlyCollection<string> Scopes)
{
    /// <summary>Where clients get tokens.</summary>
    public const string TokenPath = OAuthApi.TokenPath;

    /// <summary>That of a plan.</summary>
    public static ServiceAccountUse Of(GatewayPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new ServiceAccountUse(plan.Apis.Any(api => api.BuiltIn?.Api is OAuthApi), OwnSchemes.ScopesOf(plan));
    }
}
