using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Tenancy;

/// <summary>Compiles <c>x-gateway-config.tenancy</c>.</summary>
internal sealed class TenancyCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Tenancy;

    public override GatewayPolicy? Compile(OperationScope scope) =>
        scope.Share(scope.Config.Tenancy, tenancy => tenancy.AcceptHeader.Count == 0 ? null : new TenancyPolicy(tenancy.AcceptHeader));
}
