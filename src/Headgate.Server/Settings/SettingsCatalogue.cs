namespace Headgate.Server.Settings;

/// <summary>Every setting of <c>headgate run</c>. The reference page, the flags, the environment and the file all follow this list.</summary>
internal static class SettingsCatalogue
{
    public static readonly SettingDefinition Documents = new("documents", "FILE", "The OpenAPI documents to serve; on the command line they are the arguments.") { Many = true, HasFlag = false };

    public static readonly SettingDefinition Overlay = new("overlay", "FILE", "An OpenAPI Overlay. It is applied to the document that it extends, or to every document when it does not say; several in the order given.") { Many = true };

    public static readonly SettingDefinition Listen = new("listen", "URL", "Where clients connect: http://, https:// (needs tls-cert and tls-key; HTTP/1.1 and HTTP/2) or h2c:// (HTTP/2 with prior knowledge). The host is an IP address, localhost or * for every address; port 0 takes a free port.") { Many = true, Default = "http://127.0.0.1:8080" };

    public static readonly SettingDefinition Admin = new("admin", "URL", "Where the admin API, the probes and the metrics listen; http:// only.") { Default = "http://127.0.0.1:8081" };

    public static readonly SettingDefinition Probes = new("probes", "URL", "A second listener with /healthz, /readyz and /metrics alone, for probes that cannot reach the admin listener; http:// only.");

    public static readonly SettingDefinition Data = new("data", "DIR", "Where state, the admin key and the address file are kept.") { Default = ".headgate" };

    public static readonly SettingDefinition Store = new("store", "FILE|URL", "Where state is kept: an SQLite file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE for several instances (the password belongs in the environment: arguments are visible to others). Without it: headgate.db in the data directory.");

    public static readonly SettingDefinition Secrets = new("secrets", "DIR", "Where ${secret:NAME} looks for a file NAME when HEADGATE_SECRET_NAME is not set.") { Default = "/run/secrets" };

    public static readonly SettingDefinition Issuer = new("issuer", "URL", "Scheme, host and port by which clients know this gateway: tokens of service accounts name it, several instances need the same, and with it /oauth/token is there whether or not a document asks. Without it: the address of the first listener.");

    public static readonly SettingDefinition TokenLifetime = new("tokens.lifetime", "DURATION", "How long a token of a service account lives.") { Default = "5m", HasFlag = false };

    public static readonly SettingDefinition TokenKeyLifetime = new("tokens.key-lifetime", "DURATION", "How long a key signs tokens of service accounts before the next one does.") { Default = "30d", HasFlag = false };

    public static readonly SettingDefinition TokenKeySecret = new("tokens.key-secret", "${secret:NAME}", "The secret, of at least 32 characters, under which these keys are encrypted in the store. Without it they are not.") { HasFlag = false };

    public static readonly SettingDefinition Publish = new("publish.enabled", "true|false", "Whether documents that ask for it (x-gateway-config.publish) are published. false: their paths are not there.") { Default = "true", HasFlag = false };

    public static readonly SettingDefinition PublishPath = new("publish.path", "PATH", "A path before /openapi.json, /openapi/NAME.json and /docs, where they would be in another document's way: /meta has them at /meta/docs.") { HasFlag = false };

    public static readonly SettingDefinition Service = new("service", "NAME=URL[,URL]", "Where a service runs here; wins over the documents. URLs are http://, https:// or h2c://.") { Many = true };

    public static readonly SettingDefinition Upstream = new("upstream", "URL", "Where operations without a backend go when their document names no service.");

    public static readonly SettingDefinition Security = new("security", "enforce|passthrough", "What happens to a document that declares security which Headgate cannot enforce: enforce refuses it, passthrough leaves the decision to the upstream.") { Default = "enforce" };

    public static readonly SettingDefinition ValidateResponses = new("validate-responses", "true|false", "Hold the answers of services to the document: what breaks it is counted and logged, and passed on as it is.") { Default = "false", IsSwitch = true };

    public static readonly SettingDefinition Transport = new("transport", "sockets|framework", "How plain-HTTP upstreams are reached: Headgate's own client, or SocketsHttpHandler.") { Default = "sockets" };

    public static readonly SettingDefinition Scheduling = new("scheduling", "inline|pool", "Where requests run: on the event threads of their sockets (less CPU per request), or on the thread pool (steadier tails on shared cores).") { Default = "inline" };

    public static readonly SettingDefinition AccessLog = new("access-log", "off|text|json[:PATH]", "One line per request, to standard output or to a file.") { Default = "off" };

    public static readonly SettingDefinition TlsCert = new("tls-cert", "FILE", "The certificate of https:// listeners with its chain, PEM. Read again when it is renewed on disk.");

    public static readonly SettingDefinition TlsKey = new("tls-key", "FILE", "The private key of the certificate, PEM.");

    public static readonly SettingDefinition TrustedProxy = new("trusted-proxy", "CIDR", "A network of proxies before this instance, whose Forwarded and X-Forwarded-* fields are believed.") { Many = true };

    public static readonly SettingDefinition DrainTimeout = new("drain-timeout", "DURATION", "How long requests under way may take to finish after SIGTERM or SIGINT.") { Default = "30s" };

    public static readonly SettingDefinition Strict = new("strict", "true|false", "Refuse to start when any document has errors, instead of serving the others.") { Default = "false", IsSwitch = true };

    public static readonly SettingDefinition Level = new("log-level", "debug|info|warning|error", "From which level on the program's log is written (to standard error).") { Default = "info" };

    public static readonly SettingDefinition ReloadWatch = new("reload.watch", "true|false", "Reload when a file that took part in a document changes.") { Default = "true", HasFlag = false };

    public static readonly SettingDefinition ReloadPoll = new("reload.poll-interval", "DURATION", "How often files are compared even when the operating system reports no change (mounted volumes do not always).") { Default = "2s", HasFlag = false };

    public static readonly SettingDefinition MaxConnections = Limit("limits.connections", "COUNT", "Client connections at once; further ones are closed as soon as they come.", "100000");

    public static readonly SettingDefinition MaxRequestHeaders = Limit("limits.request-headers", "COUNT", "Header fields of a request; more is 431.", "100");

    public static readonly SettingDefinition MaxRequestHeadersSize = Limit("limits.request-headers-size", "SIZE", "All header fields of a request together; more is 431.", "32KiB");

    public static readonly SettingDefinition MaxRequestLineSize = Limit("limits.request-line-size", "SIZE", "Method, URL and version of a request together; more is 414.", "8KiB");

    public static readonly SettingDefinition HeldBodies = Limit("limits.held-bodies", "SIZE", "Request bodies in memory at once, of all requests together, where something needs the whole (validation, retries, idempotency keys, sagas); more is 503.", "256MiB");

    public static readonly SettingDefinition KeepAliveTimeout = Limit("limits.keep-alive-timeout", "DURATION", "How long an idle client connection is kept.", "130s");

    public static readonly SettingDefinition RequestHeadersTimeout = Limit("limits.request-headers-timeout", "DURATION", "How long a client may take to send a request's header; longer is 408.", "30s");

    public static readonly SettingDefinition MinRequestBodyRate = Limit("limits.min-request-body-rate", "SIZE", "Bytes per second that a client must send of its body, after 5 s of grace; slower is 408. 0 switches it off.", "240B");

    public static readonly SettingDefinition MinResponseRate = Limit("limits.min-response-rate", "SIZE", "Bytes per second that a client must take of an answer, after 5 s of grace; a slower connection is closed. 0 switches it off.", "240B");

    public static readonly SettingDefinition MaxStreams = Limit("limits.http2-streams", "COUNT", "Requests at once on one HTTP/2 connection.", "100");

    public static readonly SettingDefinition CacheMemory = new("cache.memory", "SIZE", "The memory for stored answers of all documents. No answer is stored that would take more than an eighth of it.") { Default = "128MiB", HasFlag = false };

    public static readonly SettingDefinition Events = new("events", "true|false", "Offer the event log to services: POST /events appends, GET /events reads and waits. Callers need an API key or a service account with the scope events:write or events:read.") { Default = "false", IsSwitch = true };

    public static readonly SettingDefinition EventsKeep = new("events.keep", "DURATION", "How old events become before they are deleted.") { Default = "7d", HasFlag = false };

    public static readonly SettingDefinition EventsMaxSize = new("events.max-size", "SIZE", "How large all events may be together, each with 512 bytes beside its data; beyond, the oldest are deleted.") { Default = "1GiB", HasFlag = false };

    public static readonly SettingDefinition OperationsKeep = new("operations.keep", "DURATION", "How long operations are kept after they have ended. Those that need attention stay until somebody has seen to them.") { Default = "7d", HasFlag = false };

    public static readonly SettingDefinition OperationsMax = new("operations.max", "COUNT", "How many operations are kept that have ended; beyond, those that ended first are deleted.") { Default = "500000", HasFlag = false };

    public static readonly SettingDefinition OperationsMaxAttention = new("operations.max-attention", "COUNT", "How many operations of one API may need attention; an API of which so many do begins no more, until somebody has seen to some.") { Default = "10000", HasFlag = false };

    /// <summary>All of them, in the order of help and reference page.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        Documents, Overlay, Listen, Admin, Probes, Data, Store, Secrets, Issuer, TokenLifetime, TokenKeyLifetime, TokenKeySecret, Events, EventsKeep, EventsMaxSize, OperationsKeep, OperationsMax, OperationsMaxAttention, Publish, PublishPath, Service, Upstream, Security, ValidateResponses, Transport, Scheduling, AccessLog, TlsCert, TlsKey,
        TrustedProxy, DrainTimeout, Strict, Level, ReloadWatch, ReloadPoll, MaxConnections, MaxRequestHeaders, MaxRequestHeadersSize, MaxRequestLineSize, HeldBodies,
        KeepAliveTimeout, RequestHeadersTimeout, MinRequestBodyRate, MinResponseRate, MaxStreams, CacheMemory,
    ];

    /// <summary>The setting of that key, or null.</summary>
    public static SettingDefinition? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static SettingDefinition Limit(string key, string valueName, string summary, string fallback) =>
        new(key, valueName, summary) { Default = fallback, HasFlag = false };
}
