using System.Collections.Concurrent;
using Headgate.Gateway.Background;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Tests.Events.Log;
using Headgate.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Events.Subscriptions;

/// <summary>One instance with one subscription, which notes what it took and fails where the test wants it to.</summary>
internal sealed class RunningConsumer : IAsyncDisposable
{
    private readonly BackgroundWork _background = new(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly Func<StoredEvent, CancellationToken, Task>? _before;

    private RunningConsumer(RunningLog running, TimeProvider time, Func<StoredEvent, CancellationToken, Task>? before)
    {
        _before = before;
        Subscriptions = new EventSubscriptions(running.Log, running.Store, time, Told);
    }

    public EventSubscriptions Subscriptions { get; }

    /// <summary>What it told people.</summary>
    public RecordingLogger<EventSubscriptions> Told { get; } = new();

    /// <summary>The producers' ids of what was taken, in the order in which it was.</summary>
    public IReadOnlyList<string> Taken => [.. _taken];

    public static RunningConsumer Start(RunningLog running, Func<StoredEvent, CancellationToken, Task>? before = null, Func<EventSubscription, EventSubscription>? change = null, TimeProvider? time = null)
    {
        var consumer = new RunningConsumer(running, time ?? TimeProvider.System, before);
        var subscription = new EventSubscription
        {
            Name = "test", Filter = EventFilter.Everything, Consumer = consumer.TakeAsync, FromBeginning = true, Attempts = 3, FirstDelay = TimeSpan.FromMilliseconds(1),
        };
        consumer.Subscriptions.Add(change?.Invoke(subscription) ?? subscription);
        consumer.Subscriptions.Begin(consumer._background);
        return consumer;
    }

    public Task HasTakenAsync(params string[] ids) => Until.TrueAsync(() => ids.All(Taken.Contains), $"{string.Join(' ', ids)} are taken");

    public async Task<IReadOnlyList<DeadLetter>> LettersAsync() => await Subscriptions.ListDeadLettersAsync(null, "", 100, TestContext.Current.CancellationToken);

    public Task StopAsync() => _background.StopAsync();

    public ValueTask DisposeAsync() => _background.DisposeAsync();

    private async Task TakeAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (_before is not null)
            await _before(stored, cancellationToken);
        _taken.Enqueue(stored.Event.ProducerId!);
    }
}
