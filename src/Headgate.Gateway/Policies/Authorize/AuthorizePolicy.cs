using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Roles;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Lets in who is permitted to do what the operation does.</summary>
internal sealed class AuthorizePolicy : GatewayPolicy
{
    private readonly AuthorizationRule _rule;
    private readonly KnownRoles _known;
    private readonly bool _asksCredential;
    private readonly bool _asksStore;
    private readonly GatewayFailure _forbidden;
    private readonly GatewayFailure _nobody;

    /// <param name="rule">What a caller must be permitted.</param>
    /// <param name="sources">Whose word on a caller's roles counts.</param>
    /// <param name="known">The roles of the store.</param>
    public AuthorizePolicy(AuthorizationRule rule, IReadOnlyList<RoleSource> sources, KnownRoles known)
    {
        (_rule, _known) = (rule, known);
        (_asksCredential, _asksStore) = (sources.Contains(RoleSource.Credential), sources.Contains(RoleSource.Store));
        _forbidden = new GatewayFailure(ErrorCatalogue.PermissionMissing, $"The caller lacks {rule}.");
        _nobody = new GatewayFailure(ErrorCatalogue.PermissionMissing, $"Only a known caller can have {rule}.");
    }

    public override string Name => "authorize";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => [new PlanSetting("permission", $"{_rule}"), new PlanSetting("permission.roles", $"{(_asksCredential ? "credential " : "")}{(_asksStore ? "store" : "")}".TrimEnd())];

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        if (context.Caller is not { } caller)
            return Refuse(context, _nobody, "");
        CallerRoles roles = CallerRoles.Of(caller, context.Tenant, _asksCredential, _asksStore ? _known : null);
        if (!_rule.Allows(context, roles))
            return Refuse(context, _forbidden, context.Explanation is null ? "" : $" {RoleExplanation.Of(roles, caller, _asksStore ? _known : null)}");
        context.Explanation?.Add(Name, "continue", $"the caller has {_rule.Because(context, roles)}");
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    private ValueTask<PolicyVerdict> Refuse(GatewayContext context, GatewayFailure failure, string more)
    {
        context.Explanation?.Add(Name, "refused", failure.Detail + more);
        return new ValueTask<PolicyVerdict>(context.Fail(failure));
    }
}
