using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Bulkhead;

/// <summary>How many calls of an operation may be under way at once, compiled. Immutable; what changes is the state.</summary>
/// <param name="Settings">What the document says.</param>
/// <param name="State">The places.</param>
internal sealed record BulkheadPlan(BulkheadSettings Settings, BulkheadState State)
{
    // Places become free as calls end, and nobody knows when that is.
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The bulkhead of an operation: its backend's own, else the service's; null where there is none.</summary>
    public static BulkheadPlan? Of(BackendExtension backend, ServiceSettings settings, UpstreamService service, OperationScope scope)
    {
        if ((backend.Bulkhead ?? settings.Bulkhead) is not { } inForce)
            return null;
        var identity = new BulkheadIdentity(service.Name, service.AddressText, backend.Bulkhead is null ? null : scope.OperationKey);
        return new BulkheadPlan(inForce, scope.Living(identity, () => new BulkheadState(identity)));
    }

    /// <summary>Waits for a place, which the request then holds until its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="left">How long it may wait at most, beside what the document says.</param>
    /// <returns>The failure that is the answer instead; null when there is a place.</returns>
    public ValueTask<GatewayFailure?> EnterAsync(GatewayContext context, TimeSpan left)
    {
        TimeSpan mostWait = Settings.MaxWait < left ? Settings.MaxWait : left;
        ValueTask<bool> place = State.EnterAsync(context, Settings.MaxConcurrent, Settings.MaxQueue, mostWait);
        return place.IsCompletedSuccessfully ? new ValueTask<GatewayFailure?>(Take(context, place.Result)) : FinishAsync(context, place);
    }

    /// <summary>The failure that would be the answer to a call that came now; null when it would have a place, at once or after a wait.</summary>
    public GatewayFailure? Foresee() => State.HasRoom(Settings.MaxConcurrent, Settings.MaxQueue) ? null : Refusal();

    /// <summary>The bulkhead in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"at most {Settings.MaxConcurrent} calls at once");

    private async ValueTask<GatewayFailure?> FinishAsync(GatewayContext context, ValueTask<bool> place) => Take(context, await place);

    private GatewayFailure? Take(GatewayContext context, bool hasPlace)
    {
        if (hasPlace)
        {
            context.HoldPlace(State);
            return null;
        }

        return context.ClientGone ? UpstreamFailures.ClientGone : Refusal();
    }

    private GatewayFailure Refusal()
    {
        string service = State.Identity.Service;
        return new GatewayFailure(CallErrors.BulkheadFull, $"{CallErrors.BulkheadFull.Title} The service is {service}.") { Service = service, RetryAfter = s_retryAfter };
    }
}
