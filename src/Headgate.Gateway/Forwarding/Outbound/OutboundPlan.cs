using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Forwarding.Outbound;

/// <summary>How often a service may be called, compiled. Immutable; what changes is the turns.</summary>
/// <param name="Settings">What the document says.</param>
/// <param name="Turns">Who is next.</param>
internal sealed record OutboundPlan(OutboundLimitSettings Settings, OutboundTurns Turns)
{
    /// <summary>The plan of a service that has a limit, else null.</summary>
    public static OutboundPlan? Of(OutboundLimitSettings? settings, UpstreamService service, OperationScope scope)
    {
        if (settings is null)
            return null;
        var identity = new OutboundIdentity(service.Name, service.AddressText, settings.Limit, settings.Window);
        return new OutboundPlan(settings, scope.Living(identity, () => new OutboundTurns(identity)));
    }

    /// <summary>Waits for the turn of a call.</summary>
    /// <returns>The failure that is the answer instead; null when it is the call's turn.</returns>
    public ValueTask<GatewayFailure?> EnterAsync(GatewayContext context)
    {
        ValueTask<TimeSpan?> turn = Turns.EnterAsync(context, Settings.Wait, Settings.Queue);
        return turn.IsCompletedSuccessfully ? new ValueTask<GatewayFailure?>(FailureOf(turn.Result)) : FinishAsync(turn);
    }

    /// <summary>The failure that a call which came now would end in; null when it would have its turn, at once or after a wait.</summary>
    public GatewayFailure? Foresee(GatewayContext context)
    {
        TimeSpan wait = Turns.Foresee(context.Clock);
        bool waits = wait <= Settings.Wait && Turns.Waiting < Settings.Queue;
        return wait == TimeSpan.Zero || waits ? null : FailureOf(wait);
    }

    /// <summary>The limit in words.</summary>
    public override string ToString() => $"at most {Settings.Limit} calls in {new Duration(Settings.Window)}, counted by this process alone";

    private async ValueTask<GatewayFailure?> FinishAsync(ValueTask<TimeSpan?> turn) => FailureOf(await turn);

    private GatewayFailure? FailureOf(TimeSpan? turn)
    {
        if (turn == TimeSpan.Zero)
            return null;
        if (turn is not { } wait)
            return UpstreamFailures.ClientGone;
        string service = Turns.Identity.Service;
        return new GatewayFailure(ErrorCatalogue.OutboundLimitExceeded, $"{ErrorCatalogue.OutboundLimitExceeded.Title} The service is {service}.")
        {
            Service = service,
            RetryAfter = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)),
        };
    }
}
