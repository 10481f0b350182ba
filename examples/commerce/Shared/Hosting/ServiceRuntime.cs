using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Events;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Security;
using Commerce.Shared.Tracing;
using Commerce.Shared.Web;

namespace Commerce.Shared.Hosting;

/// <summary>What a service is given to work with. It owns what it hands out, and ends it with the service.</summary>
internal sealed class ServiceRuntime : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly CancellationTokenSource _stopping = new();

    public ServiceRuntime(CommerceService service, CommerceOptions options, SecretFiles secrets, ServiceDirectory directory, ILoggerFactory loggers)
    {
        Name = service.Name;
        Options = options;
        Secrets = secrets;
        Directory = directory;
        Loggers = loggers;
        Tracing = Own(new ServiceTracing(Name, OtlpEndpoint(options)));
        Database = Own(new Database(Path.Combine(options.DataDirectory, $"{Name}.db"), SchemaOf(service)));
        Errors = new ErrorAnswers(Name, Clock, loggers.CreateLogger<ErrorAnswers>());
        Idempotent = new IdempotentWrites(Database, Errors, Clock);
        Clients = new HttpClientFactory(Tracing, loggers, Clock);
        EventLog = service.HasEvents && options.Events is { } address ? Own(new EventLogClient(Clients, address, new EventLogKey(options))) : null;
        Outbox = new Outbox(isRead: EventLog is not null, Clock);
        Background = new BackgroundWork(Clock, loggers.CreateLogger<BackgroundWork>());

        // Third parties forget no key: a payment whose outcome is unknown is taken up again under the provider's key at any age, and must not be made twice.
        if (service.HasEvents)
            Background.Add(new Sweep(Database, IdempotencyTable.Kept, IdempotencyTable.Forget, Clock).RunAsync);
        if (EventLog is not null)
            Background.Add(Own(new EventRelay(Name, Database, EventLog, Clock, loggers.CreateLogger<EventRelay>())).RunAsync);
    }

    public string Name { get; }

    public CommerceOptions Options { get; }

    public TimeProvider Clock => Options.Clock;

    public SecretFiles Secrets { get; }

    public ServiceDirectory Directory { get; }

    public ILoggerFactory Loggers { get; }

    public ServiceTracing Tracing { get; }

    public Database Database { get; }

    public ErrorAnswers Errors { get; }

    public IdempotentWrites Idempotent { get; }

    public HttpClientFactory Clients { get; }

    /// <summary>The event log; null when the services were started without one.</summary>
    public EventLogClient? EventLog { get; }

    public Outbox Outbox { get; }

    /// <summary>What goes on beside the requests, from when the service listens until it stops.</summary>
    public BackgroundWork Background { get; }

    /// <summary>Ends when the service stops: for work that must not end with the client that asked for it.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public T Own<T>(T resource)
        where T : IDisposable
    {
        _owned.Add(resource);
        return resource;
    }

    /// <summary>A client for another service of the shop.</summary>
    public HttpClientService ClientFor(string service) => Own(Clients.Create(new HttpClientConfig
    {
        BaseUrl = () => Directory.Find(service),
        ApiKey = KeyOfServices(),
    }));

    public CallerAuthentication Authentication(string acceptedKey)
    {
        var users = ClientFor(ServiceNames.User);
        var keys = Own(new VerificationKeys(
            cancellation => users.GetAsync<JsonWebKeySet>("/.well-known/jwks.json", CallContext.None, cancellation), Clock));
        return new CallerAuthentication(new JwtVerifier(keys, Options.Issuer, Clock), Secrets.Get(acceptedKey));
    }

    /// <summary>Ends what is not done, and returns when the background is still.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Background.EndedAsync();
    }

    public void Dispose()
    {
        for (var last = _owned.Count - 1; last >= 0; last--)
            _owned[last].Dispose();
        _stopping.Dispose();
    }

    private static string SchemaOf(CommerceService service) =>
        service.Schema + IdempotencyTable.Schema + (service.HasEvents ? IdempotencyTable.AgeSchema + OutboxTable.Schema + ConsumerTable.Schema : "");

    private Func<string?> KeyOfServices()
    {
        var key = Secrets.Get(SecretFiles.ServiceKey);
        return () => key;
    }

    private static Uri? OtlpEndpoint(CommerceOptions options)
    {
        const string variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
        if (options.Environment(variable) is not { Length: > 0 } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new CommerceStartException($"{variable} is not a URL: {text}");
    }
}
