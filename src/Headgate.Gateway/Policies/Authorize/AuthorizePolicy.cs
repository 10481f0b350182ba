using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Lets in who is permitted to do what the operation does.</summary>
internal sealed class AuthorizePolicy : GatewayPolicy
{
    private readonly AuthorizationRule _rule;
    private readonly GatewayFailure _forbidden;
    private readonly GatewayFailure _nobody;

    public AuthorizePolicy(AuthorizationRule rule)
    {
        _rule = rule;
        _forbidden = new GatewayFailure(ErrorCatalogue.PermissionMissing, $"The caller lacks {rule}.");
        _nobody = new GatewayFailure(ErrorCatalogue.PermissionMissing, $"Only a known caller can have {rule}.");
    }

    public override string Name => "authorize";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        if (context.Caller is { } caller && _rule.Allows(context, caller))
        {
            context.Explanation?.Add(Name, "continue", $"the caller has {_rule}");
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        }

        GatewayFailure failure = context.Caller is null ? _nobody : _forbidden;
        context.Explanation?.Add(Name, "refused", failure.Detail);
        return new ValueTask<PolicyVerdict>(context.Fail(failure));
    }
}
