using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Cors;

/// <summary>placeholder</summary>
internal sealed class CorsPolicy : GatewayPolicy
{
    public override string Name => "cors";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public void AnswerPreflight(GatewayContext context) => context.Response.Headers.Vary = Name;
}
