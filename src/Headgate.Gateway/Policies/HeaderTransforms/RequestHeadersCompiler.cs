using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Compiles <c>requestHeaders</c> of <c>x-gateway-backend</c>.</summary>
internal sealed class RequestHeadersCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.RequestHeaders;

    public override GatewayPolicy? Compile(OperationScope scope) => ForwardHandlerCompiler.BackendOf(scope).RequestHeaders is { } settings
        ? scope.Share(settings, settings => HeaderPlan.Of(settings, scope) is { } plan ? new RequestHeadersPolicy(plan) : null)
        : null;
}
