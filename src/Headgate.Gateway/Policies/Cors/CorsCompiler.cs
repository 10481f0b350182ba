using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Policies.Cors;

/// <summary>Compiles <c>x-gateway-config.cors</c>.</summary>
internal sealed class CorsCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Cors;

    public override GatewayPolicy? Compile(OperationScope scope) =>
        scope.Config.Cors is { } settings ? scope.Share(settings, cors => Compile(cors, scope)) : null;

    private static CorsPolicy? Compile(CorsSettings settings, OperationScope scope)
    {
        // Fetch: with credentials the origin must be named. Echoing any origin would hand every page the user's session.
        if (!settings.Credentials || !settings.Origins.Contains("*"))
            return new CorsPolicy(settings);
        scope.Diagnostics.Add(
            PlanDiagnostics.CorsCredentialsForAnyOrigin,
            settings.Node!,
            "CORS allows credentials and any origin at once.",
            "Name the origins, or leave credentials out.");
        return null;
    }
}
