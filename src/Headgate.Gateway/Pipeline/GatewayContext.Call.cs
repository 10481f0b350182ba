using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Bulkhead;

namespace Headgate.Gateway.Pipeline;

/// <content>The call to a service, and what the request holds for it.</content>
public sealed partial class GatewayContext
{
    private bool _holdsInstance;
    private BulkheadState? _place;
    private ForwardCourse? _course;
    private AggregateRun? _aggregation;
    private AggregateRun? _toldParts;

    /// <summary>The instance that was tried last, or null.</summary>
    internal UpstreamInstance? Instance { get; private set; }

    /// <summary>The failure of the service in whose place a fallback was answered, or null.</summary>
    internal GatewayFailure? Absorbed { get; set; }

    /// <summary>Whether a fallback was answered in place of a service.</summary>
    internal bool HasStandIn { get; set; }

    /// <summary>The way of the request through its tries.</summary>
    internal ForwardCourse Course => _course ??= new ForwardCourse();

    /// <summary>The parts of the request while it is put together from several services; reused with the context.</summary>
    internal AggregateRun Aggregation => _aggregation ??= new AggregateRun();

    /// <summary>The parts that the request was put together from, by itself or by one that was made of it; null when it is no aggregate.</summary>
    internal AggregateRun? AskedParts => _aggregation is { Count: > 0 } ? _aggregation : _toldParts;

    /// <summary>Counts the request as under way at an instance, in place of one that was tried before.</summary>
    internal void HoldInstance(UpstreamInstance instance)
    {
        ReleaseInstance();
        instance.Begin();
        (Instance, _holdsInstance) = (instance, true);
    }

    /// <summary>Whether the request holds a place of a bulkhead.</summary>
    internal bool HoldsPlace => _place is not null;

    /// <summary>Holds a place of a bulkhead until <see cref="ReleaseCall"/>.</summary>
    internal void HoldPlace(BulkheadState bulkhead) => _place = bulkhead;

    /// <summary>Lets go of what the call to a service holds: the instance and the place. Safe to call again.</summary>
    internal void ReleaseCall()
    {
        ReleaseInstance();
        if (_place is not { } place)
            return;
        _place = null;
        place.Leave();
    }

    private void ReleaseInstance()
    {
        if (!_holdsInstance)
            return;
        Instance!.End();
        _holdsInstance = false;
    }

    private void ResetCall()
    {
        Instance = null;
        Absorbed = null;
        HasStandIn = false;
        _aggregation?.Forget();
        _toldParts = null;
    }
}
