using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.SizeLimits;

/// <summary>Compiles the sizes of <c>x-gateway-config.limits</c>, and those of <c>x-gateway-limits</c> in their place.</summary>
internal sealed class SizeLimitsCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.SizeLimits;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        LimitsExtension own = LimitsExtension.Of(scope.Operation);
        return own is { RequestBody: null, RequestHeaders: null, RequestUrl: null }
            ? scope.Share(scope.Config.Limits, limits => new SizeLimitsPolicy(SizeOf(new LimitsExtension(), limits)))
            : new SizeLimitsPolicy(SizeOf(own, scope.Config.Limits));
    }

    /// <summary>How large the requests of an operation may be.</summary>
    public static RequestSize SizeOf(OperationScope scope) => SizeOf(LimitsExtension.Of(scope.Operation), scope.Config.Limits);

    private static RequestSize SizeOf(LimitsExtension own, LimitSettings document) => new(
        (own.RequestBody ?? document.RequestBody).Bytes,
        (own.RequestHeaders ?? document.RequestHeaders)?.Bytes,
        (own.RequestUrl ?? document.RequestUrl)?.Bytes);
}
