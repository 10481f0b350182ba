using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Compiles <c>responseHeaders</c> of <c>x-gateway-backend</c>.</summary>
internal sealed class ResponseHeadersCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.ResponseHeaders;

    public override GatewayPolicy? Compile(OperationScope scope) => ForwardHandlerCompiler.BackendOf(scope).ResponseHeaders is { } settings
        ? scope.Share(settings, settings => HeaderPlan.Of(settings, scope) is { } plan ? new ResponseHeadersPolicy(plan) : null)
        : null;
}
