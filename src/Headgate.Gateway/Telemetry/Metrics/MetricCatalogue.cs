namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>Every metric of the data plane. The table of <c>docs/reference/metrics.md</c> is made from this list.</summary>
public static class MetricCatalogue
{
    private static readonly string[] s_operation = ["api", "operation", "method"];

    internal static readonly MetricDescriptor Requests = new(
        "headgate_requests_total", MetricKind.Counter, "Requests that ended, by operation and status code (499: the client went away).", [.. s_operation, "code"]);

    internal static readonly MetricDescriptor RequestDuration = new(
        "headgate_request_duration_seconds", MetricKind.Histogram, "Time from the parsed request head to the last byte of the answer.", s_operation)
    { OtlpName = "http.server.request.duration" };

    internal static readonly MetricDescriptor RequestsInFlight = new(
        "headgate_requests_in_flight", MetricKind.Gauge, "Requests that have begun and not ended.", []);

    internal static readonly MetricDescriptor ResponseBytes = new(
        "headgate_response_bytes_total", MetricKind.Counter, "Bytes of response bodies handed to clients.", s_operation);

    internal static readonly MetricDescriptor Errors = new(
        "headgate_errors_total", MetricKind.Counter, "Errors of the catalogue that became an answer or broke one off, by name.", ["error"]);

    internal static readonly MetricDescriptor ClientAborts = new(
        "headgate_client_aborts_total", MetricKind.Counter, "Requests whose client went away before the answer was complete.", []);

    internal static readonly MetricDescriptor UpstreamRequests = new(
        "headgate_upstream_requests_total", MetricKind.Counter, "Requests that were sent to a service (the last try of each), whatever came of them.", ["service"]);

    internal static readonly MetricDescriptor UpstreamFailures = new(
        "headgate_upstream_failures_total", MetricKind.Counter, "Requests that failed on the way to or from a service.", ["service"]);

    internal static readonly MetricDescriptor UpstreamStage = new(
        "headgate_upstream_stage_duration_seconds", MetricKind.Histogram,
        "Time of one stage of a call: connect (until a connection is ready), head (until the response head is complete), body (until its last byte).", ["service", "stage"])
    { OtlpName = "headgate.upstream.stage.duration" };

    internal static readonly MetricDescriptor UpstreamInFlight = new(
        "headgate_upstream_requests_in_flight", MetricKind.Gauge, "Requests under way at a service now.", ["service"]);

    internal static readonly MetricDescriptor UpstreamConnections = new(
        "headgate_upstream_connections", MetricKind.Gauge, "Connections to a service now, by state: busy or idle.", ["service", "state"]);

    internal static readonly MetricDescriptor RateLimitRequests = new(
        "headgate_rate_limit_requests_total", MetricKind.Counter,
        "Requests on which a rate limit decided, by result: admitted, given_back (those of the admitted that another limit refused), or refused.", ["api", "limit", "result"]);

    internal static readonly MetricDescriptor RateLimitEvictions = new(
        "headgate_rate_limit_evictions_total", MetricKind.Counter, "Consumers that a full table let go of before their quota was whole again.", ["api", "limit"]);

    internal static readonly MetricDescriptor RateLimitBytes = new(
        "headgate_rate_limit_table_bytes", MetricKind.Gauge, "Memory of the table of a rate limit's consumers.", ["api", "limit"]);

    internal static readonly MetricDescriptor OutboundCalls = new(
        "headgate_outbound_limit_calls_total", MetricKind.Counter,
        "Calls to a service that may be called only so often, by fate: at_once, waited, refused, or abandoned because the client went away.", ["service", "fate"]);

    internal static readonly MetricDescriptor OutboundWaiting = new(
        "headgate_outbound_limit_waiting", MetricKind.Gauge, "Calls that wait for their turn at a service now.", ["service"]);

    internal static readonly MetricDescriptor BreakerState = new(
        "headgate_circuit_breaker_state", MetricKind.Gauge, "Circuit breakers of a service now, by state: closed, open or half_open.", ["service", "state"]);

    internal static readonly MetricDescriptor BreakerChanges = new(
        "headgate_circuit_breaker_changes_total", MetricKind.Counter, "Changes of the circuit breakers of a service, by the state to which they went.", ["service", "state"]);

    internal static readonly MetricDescriptor BreakerRefused = new(
        "headgate_circuit_breaker_refused_total", MetricKind.Counter, "Calls to a service that an open circuit breaker refused.", ["service"]);

    internal static readonly MetricDescriptor Retries = new(
        "headgate_retries_total", MetricKind.Counter, "Calls to a service that failed and were to be repeated, by fate: made, or refused because the retry budget was used up.", ["service", "fate"]);

    internal static readonly MetricDescriptor BulkheadCalls = new(
        "headgate_bulkhead_calls_total", MetricKind.Counter,
        "Calls to a service of which only so many may be under way at once, by fate: at_once, waited, refused, or abandoned because the client went away.", ["service", "fate"]);

    internal static readonly MetricDescriptor BulkheadNow = new(
        "headgate_bulkhead_calls", MetricKind.Gauge, "Calls that hold a place of a bulkhead of a service now, or wait for one, by state: under_way or waiting.", ["service", "state"]);

    internal static readonly MetricDescriptor Fallbacks = new(
        "headgate_fallbacks_total", MetricKind.Counter, "Answers that were given in place of a service's.", ["service"]);

    internal static readonly MetricDescriptor AggregateParts = new(
        "headgate_aggregate_parts_total", MetricKind.Counter,
        "Parts of answers that are put together from several services, by outcome: answered, stood_in (its fallback), missing (null), failed (and with it the answer), or given_up.",
        ["operation", "part", "service", "outcome"]);

    internal static readonly MetricDescriptor Instances = new(
        "headgate_upstream_instances", MetricKind.Gauge,
        "Instances of a service with several, or with health checks, by state: usable, ejected after failures, unhealthy by their checks, or drained by hand.", ["service", "state"]);

    internal static readonly MetricDescriptor Ejections = new(
        "headgate_upstream_ejections_total", MetricKind.Counter, "Times that an instance of a service was left out after failures.", ["service"]);

    internal static readonly MetricDescriptor HealthChecks = new(
        "headgate_health_checks_total", MetricKind.Counter, "Health checks of the instances of a service, by result: good or bad.", ["service", "result"]);

    internal static readonly MetricDescriptor AnswerChecks = new(
        "headgate_response_checks_total", MetricKind.Counter,
        "Answers of services that were held to the document, by result: valid, broken, or why their body was not looked at (compressed, too_large, no_room, incomplete).", ["result"]);

    internal static readonly MetricDescriptor AnswerFaults = new(
        "headgate_response_violations_total", MetricKind.Counter,
        "Ways in which answers of services broke the document: status, media_type, header, or body.", ["api", "operation", "fault"]);

    internal static readonly MetricDescriptor CacheRequests = new(
        "headgate_cache_requests_total", MetricKind.Counter,
        "Requests to cached operations, by what the cache did: hit, stale, stale_on_error, revalidated, collapsed, stored, not_stored, bypassed, or refused (only-if-cached).", ["api", "result"]);

    internal static readonly MetricDescriptor CacheAnswers = new(
        "headgate_cache_answers", MetricKind.Gauge, "Answers that are stored.", []);

    internal static readonly MetricDescriptor CacheBytes = new(
        "headgate_cache_bytes", MetricKind.Gauge, "Memory of stored answers, those included that are still being read after they went.", []);

    internal static readonly MetricDescriptor CacheEvictions = new(
        "headgate_cache_evictions_total", MetricKind.Counter, "Stored answers that went because memory was short.", []);

    internal static readonly MetricDescriptor CacheRenewals = new(
        "headgate_cache_renewals", MetricKind.Gauge, "Stale answers that are being renewed now, after they were given.", []);

    internal static readonly MetricDescriptor ClientConnections = new(
        "headgate_client_connections", MetricKind.Gauge, "Connections of clients that are open now.", []);

    internal static readonly MetricDescriptor ClientConnectionsAccepted = new(
        "headgate_client_connections_accepted_total", MetricKind.Counter, "Connections of clients that were accepted.", []);

    internal static readonly MetricDescriptor PlanGeneration = new(
        "headgate_plan_generation", MetricKind.Gauge, "Number of the plan in force; counts up with each reload.", []);

    internal static readonly MetricDescriptor PlanOperations = new(
        "headgate_plan_operations", MetricKind.Gauge, "Operations in the plan in force.", []);

    internal static readonly MetricDescriptor Reloads = new(
        "headgate_reloads_total", MetricKind.Counter, "Reloads by result: success, or failure when a document has errors (it keeps its last good version; the others are taken).", ["result"]);

    internal static readonly MetricDescriptor ReloadLastSuccess = new(
        "headgate_reload_last_success_timestamp_seconds", MetricKind.Gauge, "When a reload last succeeded, or the instance started, in seconds since 1970.", []);

    internal static readonly MetricDescriptor HeldBodies = new(
        "headgate_held_body_bytes", MetricKind.Gauge, "Memory that the requests under way hold for their bodies; at most limits.held-bodies.", []);

    internal static readonly MetricDescriptor Stalls = new(
        "headgate_event_thread_stalls_total", MetricKind.Counter, "Times a request held its event thread for more than 5 ms without a break.", []);

    internal static readonly MetricDescriptor AccessLogLines = new(
        "headgate_access_log_lines_total", MetricKind.Counter, "Lines of the access log by fate: written, or dropped because the writer did not keep up or could not write.", ["fate"]);

    internal static readonly MetricDescriptor BuildInfo = new(
        "headgate_build_info", MetricKind.Gauge, "Always 1; the labels say what is running.", ["version", "runtime"]);

    internal static readonly MetricDescriptor ProcessCpu = new(
        "headgate_process_cpu_seconds_total", MetricKind.Counter, "Processor time of the process, by mode: user or system.", ["mode"]);

    internal static readonly MetricDescriptor ProcessMemory = new(
        "headgate_process_resident_memory_bytes", MetricKind.Gauge, "Physical memory of the process.", []);

    internal static readonly MetricDescriptor ProcessStart = new(
        "headgate_process_start_timestamp_seconds", MetricKind.Gauge, "When the process started, in seconds since 1970.", []);

    internal static readonly MetricDescriptor ProcessThreads = new(
        "headgate_process_threads", MetricKind.Gauge, "Threads of the process.", []);

    internal static readonly MetricDescriptor PoolThreads = new(
        "headgate_thread_pool_threads", MetricKind.Gauge, "Threads of the runtime's thread pool.", []);

    internal static readonly MetricDescriptor PoolQueue = new(
        "headgate_thread_pool_queued_items", MetricKind.Gauge, "Work items that wait for a thread of the pool.", []);

    internal static readonly MetricDescriptor GcCollections = new(
        "headgate_gc_collections_total", MetricKind.Counter, "Garbage collections by generation; each one counts for the younger generations too.", ["generation"]);

    internal static readonly MetricDescriptor GcPause = new(
        "headgate_gc_pause_seconds_total", MetricKind.Counter, "Time for which garbage collection stopped the program.", []);

    internal static readonly MetricDescriptor GcAllocated = new(
        "headgate_gc_allocated_bytes_total", MetricKind.Counter, "Bytes allocated on the managed heap.", []);

    internal static readonly MetricDescriptor GcHeap = new(
        "headgate_gc_heap_bytes", MetricKind.Gauge, "Size of the managed heap after the last collection.", []);

    internal static readonly MetricDescriptor Jit = new(
        "headgate_jit_seconds_total", MetricKind.Counter, "Time spent on compiling code: it grows in the first minutes of load, and then rests.", []);

    /// <summary>All metrics, in the order in which they are written.</summary>
    public static IReadOnlyList<MetricDescriptor> All { get; } =
    [
        Requests, RequestDuration, RequestsInFlight, ResponseBytes, Errors, ClientAborts,
        UpstreamRequests, UpstreamFailures, UpstreamStage, UpstreamInFlight, UpstreamConnections,
        RateLimitRequests, RateLimitEvictions, RateLimitBytes, OutboundCalls, OutboundWaiting,
        BreakerState, BreakerChanges, BreakerRefused, Retries, BulkheadCalls, BulkheadNow, Fallbacks, AggregateParts, Instances, Ejections, HealthChecks,
        CacheRequests, CacheAnswers, CacheBytes, CacheEvictions, CacheRenewals,
        AnswerChecks, AnswerFaults, .. EventMetrics.Descriptors, .. IdempotencyMetrics.Descriptors, .. LongWorkMetrics.Descriptors, .. SagaMeter.Descriptors, ClientConnections, ClientConnectionsAccepted,
        PlanGeneration, PlanOperations, Reloads, ReloadLastSuccess, HeldBodies, Stalls, AccessLogLines, BuildInfo,
        ProcessCpu, ProcessMemory, ProcessStart, ProcessThreads, PoolThreads, PoolQueue, GcCollections, GcPause, GcAllocated, GcHeap, Jit,
    ];
}
