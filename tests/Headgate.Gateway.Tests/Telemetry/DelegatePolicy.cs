using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>Runs what a test says before the handler, or before the first byte of the answer.</summary>
internal sealed class DelegatePolicy(PolicyPhases phases, Action run) : GatewayPolicy
{
    public override string Name => "test";

    public override PolicyPhases Phases => phases;

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        run();
        return new(PolicyVerdict.Continue);
    }

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        run();
        return ValueTask.CompletedTask;
    }
}
