using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Gateway.Telemetry.Stalls;
using Headgate.Gateway.Telemetry.Tracing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry;

/// <summary>
/// Access log, metrics and traces of one gateway: what the program makes at its start, tells of plans and connections, and disposes after the last request. Thread-safe.
/// </summary>
public sealed class GatewayTelemetry : IAsyncDisposable
{
    private readonly GatewayMetrics _metrics;
    private readonly LimitMetrics _limits = new();
    private readonly CallMetrics _calls = new();
    private readonly EventMetrics _events = new();
    private readonly IdempotencyMetrics _idempotency = new();
    private readonly LongWorkMetrics _longWork = new();
    private readonly CacheMetrics _cache = new();
    private AnswerWatch? _answers;
    private SagaMeter? _sagas;
    private readonly StallWatch _stalls;
    private readonly QueryRedactor _redactor;
    private readonly AccessLogWriter? _accessLog;
    private readonly OtlpExport _otlp;
    private readonly TelemetryRecorder _recorder;

    private GatewayTelemetry(TelemetryOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _metrics = new GatewayMetrics(options.MaxOperations, options.MaxServices, time);
        _redactor = new QueryRedactor(QueryRedactor.DefaultNames.Concat(options.RedactedParameters));
        _accessLog = options.AccessLog == AccessLogFormat.Off
            ? null
            : new AccessLogWriter(AccessLogTarget.Open(options.AccessLogPath), time, loggers.CreateLogger<AccessLogWriter>());
        _stalls = new StallWatch(time, loggers.CreateLogger<StallWatch>());
        Metrics = new MetricsWriter(
        [
            .. _metrics.Families(),
            .. _limits.Families(),
            .. _calls.Families(),
            new MetricFamily(MetricCatalogue.AnswerChecks, () => Volatile.Read(ref _answers)?.ReadResults() ?? []),
            new MetricFamily(MetricCatalogue.AnswerFaults, () => Volatile.Read(ref _answers)?.ReadFaults() ?? []),
            .. _events.Families(),
            .. _idempotency.Families(),
            .. _longWork.Families(),
            .. SagaMeter.Descriptors.Select(descriptor => SagaMeter.FamilyOf(descriptor, () => Volatile.Read(ref _sagas))),
            .. _cache.Families(),
            MetricFamily.Of(MetricCatalogue.HeldBodies, () => Bodies?.Taken ?? 0),
            MetricFamily.Of(MetricCatalogue.Stalls, () => _stalls.Stalls),
            new MetricFamily(MetricCatalogue.AccessLogLines, ReadAccessLog),
        ]);
        _otlp = new OtlpExport(options, _redactor, Metrics.Families, _metrics.Latency);
        RequestAccessLog? log = _accessLog is null ? null : new RequestAccessLog(CreateFormatter(options.AccessLog), _accessLog);
        _recorder = new TelemetryRecorder(_metrics, _stalls, log, _otlp.Tracer, _otlp.Metrics);
        _stalls.Start();
    }

    /// <summary>What <c>GatewayApplication</c> tells of every request.</summary>
    public RequestRecorder Recorder => _recorder;

    /// <summary>Writes <c>/metrics</c>.</summary>
    public MetricsWriter Metrics { get; }

    /// <summary>Requests that have begun and not ended: the gauge of the metrics.</summary>
    public long RequestsInFlight => _metrics.RequestsInFlight;

    /// <summary>Connections of clients that are open: the gauge of the metrics.</summary>
    public long OpenConnections => _metrics.Connections.Open;

    /// <summary>The memory for the bodies of requests that is shown; null for none.</summary>
    public MemoryBudget? Bodies { get; set; }

    internal StallWatch Stalls => _stalls;

    /// <summary>Opens the access log and begins to count.</summary>
    /// <exception cref="IOException">The access log's file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The access log's file may not be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static GatewayTelemetry Create(TelemetryOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOperations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxServices, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TraceSampleRatio, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.TraceSampleRatio, 1);
        return new GatewayTelemetry(options, time, loggers);
    }

    /// <summary>Tells of a plan: call it just before the plan is swapped in.</summary>
    public void OnPlanActivated(GatewayPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _metrics.Activate(plan);
        _redactor.Add(QueryRedactor.NamesOf(plan));
    }

    /// <summary>Tells of a reload that ended.</summary>
    /// <param name="succeeded">Whether every document serves as its files say now.</param>
    public void OnReloaded(bool succeeded) => _metrics.Plan.Reloaded(succeeded);

    /// <summary>Has the connections to the instances of a directory counted, how well these are, and the calls that Headgate makes to them by itself.</summary>
    public void ObservePools(UpstreamDirectory upstreams)
    {
        ArgumentNullException.ThrowIfNull(upstreams);
        _calls.Observe(upstreams);
        upstreams.OwnCalls.CountedBy(_recorder.OnOwnCall);
        ObservePools(() => upstreams.Instances
            .Where(instance => instance.Connections is not null)
            .Select(instance => new PoolReading(instance.Service, instance.Connections!.Count, instance.Connections.IdleCount)));
    }

    /// <summary>Has a source of pool readings asked whenever metrics are read. A source stays for the life of the telemetry.</summary>
    public void ObservePools(Func<IEnumerable<PoolReading>> pools)
    {
        ArgumentNullException.ThrowIfNull(pools);
        _metrics.Observe(pools);
    }

    /// <summary>Has the limits, breakers, retries, bulkheads, fallbacks and the cache counted that live in the states of a compiler.</summary>
    public void ObserveStates(LivingStates states)
    {
        ArgumentNullException.ThrowIfNull(states);
        _limits.Observe(states);
        _calls.Observe(states);
        _cache.Observe(states);
    }

    /// <summary>Has sagas counted.</summary>
    public void ObserveSagas(SagaMeter sagas)
    {
        ArgumentNullException.ThrowIfNull(sagas);
        Volatile.Write(ref _sagas, sagas);
    }

    /// <summary>Has the answers counted that break their documents.</summary>
    public void ObserveAnswers(AnswerWatch answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        Volatile.Write(ref _answers, answers);
    }

    /// <summary>Has the event log shown; null readings while there are none.</summary>
    public void ObserveEvents(Func<EventReadings?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _events.Observe(read);
    }

    /// <summary>Has idempotency keys shown; null readings while there are none.</summary>
    public void ObserveIdempotency(Func<IdempotencyReadings?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _idempotency.Observe(read);
    }

    /// <summary>Has long work shown; null readings while there are none.</summary>
    public void ObserveLongWork(Func<LongWorkReadings?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _longWork.Observe(read);
    }

    /// <summary>A connection middleware that counts the connections of clients: <c>listenOptions.Use(telemetry.CountConnections)</c>.</summary>
    public ConnectionDelegate CountConnections(ConnectionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return _metrics.Connections.Count(next);
    }

    /// <summary>Has the access log's file opened anew by its name, after a rotation renamed it. Lines that are still queued go to the new file.</summary>
    public void ReopenAccessLog() => _accessLog?.Reopen();

    /// <summary>Writes and sends what has gathered, and stops. Waits at most some seconds for a target that does not take it.</summary>
    public async ValueTask DisposeAsync()
    {
        _stalls.Dispose();
        if (_accessLog is not null)
            await _accessLog.DisposeAsync();

        // The SDK blocks until its exporters are done.
        await Task.Run(_otlp.Dispose);
    }

    internal void FlushOtlp() => _otlp.Flush();

    private AccessLogFormatter CreateFormatter(AccessLogFormat format) =>
        format == AccessLogFormat.Json ? new JsonAccessLogFormatter(_redactor) : new TextAccessLogFormatter(_redactor);

    private IEnumerable<MetricSample> ReadAccessLog() =>
        _accessLog is null ? [] : [new MetricSample(_accessLog.Written, "written"), new MetricSample(_accessLog.Dropped, "dropped")];
}
