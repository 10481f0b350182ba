using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Operations.Api;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>The operations of a process with all that belongs to them. Thread-safe.</summary>
public sealed class OperationServices : IDisposable
{
    private readonly OperationRetention _retention;

    /// <param name="store">The store, opened before anything runs.</param>
    /// <param name="events">Its event log.</param>
    /// <param name="retention">How long operations are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where trouble is told.</param>
    public OperationServices(Store store, EventLog events, OperationRetentionOptions retention, TimeProvider time, ILoggerFactory logs)
    {
        ILogger<OperationRegistry> logger = logs.CreateLogger<OperationRegistry>();
        Registry = new OperationRegistry(store, events, retention.MostAttention, time, logger);
        Logs = new LogReader(store, events);
        Watch = new OperationWatch(store, Registry, time);
        _retention = new OperationRetention(store, retention, time, logger);
    }

    /// <summary>The operations.</summary>
    public OperationRegistry Registry { get; }

    /// <summary>How they stand.</summary>
    public OperationWatch Watch { get; }

    /// <summary>What they told.</summary>
    internal LogReader Logs { get; }

    /// <summary>The clients that follow them.</summary>
    internal LogStreams Streams { get; } = new();

    /// <summary>How many clients follow operations at this instance.</summary>
    public int Followers => Streams.Count;

    /// <summary>Reads what an operation told.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="after">The offset after which to read; 0 for the beginning.</param>
    /// <param name="most">The most entries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<LoggedPage> ReadLogAsync(string id, long after, int most, CancellationToken cancellationToken) => Logs.ReadAsync(id, after, most, cancellationToken);

    /// <summary>Ends what clients follow, and what they would from now on: the process is about to stop.</summary>
    public void EndStreams() => Streams.End();

    /// <summary>Begins what there is to do in the background.</summary>
    public void Begin(BackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);
        Registry.Begin(background);
        background.Begin("operations: how they stand", Watch.RunAsync);
        background.Begin("operations: retention", _retention.RunAsync);
    }

    /// <inheritdoc/>
    public void Dispose() => Streams.Dispose();
}
