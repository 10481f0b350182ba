using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.SecurityHeaders;

/// <summary>Compiles <c>x-gateway-security-headers</c> and <c>x-gateway-config.securityHeaders</c>.</summary>
internal sealed class SecurityHeadersCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.SecurityHeaders;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        SecurityHeadersExtension? settings = scope.Operation.Extensions.Get<SecurityHeadersExtension>() ?? scope.Config.SecurityHeaders;
        return settings is { Enabled: true } ? scope.Share(settings, settings => new SecurityHeadersPolicy(settings)) : null;
    }
}
