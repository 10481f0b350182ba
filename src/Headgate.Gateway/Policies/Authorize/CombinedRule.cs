using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Rules of which all must hold, or at least one.</summary>
internal sealed class CombinedRule(AuthorizationRule[] rules, bool all) : AuthorizationRule
{
    public override bool Allows(GatewayContext context, Caller caller)
    {
        foreach (AuthorizationRule rule in rules)
        {
            if (rule.Allows(context, caller) != all)
                return !all;
        }

        return all;
    }

    public override string ToString() => string.Join(all ? " and " : " or ", rules.Select(rule => rule is CombinedRule ? $"({rule})" : rule.ToString()));
}
