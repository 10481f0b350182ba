using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Tenancy;

/// <summary>Compiles <c>x-gateway-config.tenancy</c>. An operation without callers that are checked here and without accepted headers has no such policy.</summary>
internal sealed class TenancyCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Tenancy;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        TenancySettings tenancy = scope.Config.Tenancy;
        bool asksForCaller = scope.Operation.Security.Count > 0 && scope.Operation.Security.All(requirement => requirement.Schemes.Count > 0);
        bool isRequired = tenancy.Required == TenantRequirement.All || (tenancy.Required == TenantRequirement.Secured && asksForCaller);
        bool knowsCallers = scope.Operation.Security.SelectMany(requirement => requirement.Schemes.Keys).Any(scope.Api.Authenticators.ContainsKey);
        if (!isRequired && !knowsCallers && tenancy.AcceptHeader.Count == 0)
            return null;
        return new TenancyPolicy(tenancy.AcceptHeader, isRequired);
    }
}
