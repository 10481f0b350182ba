using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Rules of which all must hold, or at least one.</summary>
internal sealed class CombinedRule(AuthorizationRule[] rules, bool all) : AuthorizationRule
{
    public override bool Allows(GatewayContext context, in CallerRoles roles)
    {
        foreach (AuthorizationRule rule in rules)
        {
            if (rule.Allows(context, roles) != all)
                return !all;
        }

        return all;
    }

    public override string Because(GatewayContext context, in CallerRoles roles)
    {
        var reasons = new List<string>();
        foreach (AuthorizationRule rule in rules)
        {
            if (rule.Because(context, roles) is { Length: > 0 } reason)
                reasons.Add(reason);
        }

        return string.Join(" and ", all ? reasons : reasons.Take(1));
    }

    public override string ToString() => string.Join(all ? " and " : " or ", rules.Select(rule => rule is CombinedRule ? $"({rule})" : rule.ToString()));
}
