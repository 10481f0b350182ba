using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.SizeLimits;

/// <summary>Compiles <c>x-gateway-config.limits</c>.</summary>
internal sealed class SizeLimitsCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.SizeLimits;

    public override GatewayPolicy? Compile(OperationScope scope) =>
        scope.Share(scope.Config.Limits, limits => new SizeLimitsPolicy(limits.RequestBody.Bytes));
}
