using Headgate.Gateway.Background;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Telemetry;
using Headgate.Integration.Events;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas;
using Headgate.OpenApi.Reading;
using Headgate.Server.Settings;
using Headgate.Storage;

namespace Headgate.Server.Hosting;

/// <summary>The store of an instance and all that is kept in it, which lives longer than any plan: opened, run and let go of together. Thread-safe.</summary>
internal sealed class StoredState : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;

    /// <param name="options">The settings.</param>
    /// <param name="keySecret">What signing keys are encrypted with; null for nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where trouble is told.</param>
    public StoredState(ServerOptions options, string? keySecret, TimeProvider time, ILoggerFactory logs)
    {
        (_options, _time, _logs) = (options, time, logs);
        Store = BuiltIn.CreateStore(options.Store, logs.CreateLogger<Store>(), time);
        Roles = new RoleDirectory(Store, time, logs.CreateLogger<RoleDirectory>());
        Accounts = new ServiceAccountRegistry(Store, options.ToServiceAccountOptions(keySecret), time, logs.CreateLogger<ServiceAccountRegistry>());
        ApiKeys = new ApiKeyDirectory(Store, time, logs.CreateLogger<ApiKeyDirectory>());
        IdempotencyKeys = new IdempotencyKeys(Store, time, logs.CreateLogger<IdempotencyKeys>());
        Events = new EventServices(Store, options.EventRetention, time, logs);
        Operations = new OperationServices(Store, Events.Log, options.OperationRetention, time, logs);
        Sagas = new SagaRegistry(Store, Operations.Registry, time, logs.CreateLogger<SagaRegistry>());
    }

    /// <summary>Where it is kept.</summary>
    public Store Store { get; }

    /// <summary>Roles and who has them.</summary>
    public RoleDirectory Roles { get; }

    /// <summary>The programs that may have tokens, and the keys that sign them.</summary>
    public ServiceAccountRegistry Accounts { get; }

    /// <summary>The API keys.</summary>
    public ApiKeyDirectory ApiKeys { get; }

    /// <summary>The idempotency keys that were used.</summary>
    public IdempotencyKeys IdempotencyKeys { get; }

    /// <summary>The event log and its consumers.</summary>
    public EventServices Events { get; }

    /// <summary>Long work of every kind.</summary>
    public OperationServices Operations { get; }

    /// <summary>The sagas.</summary>
    public SagaRegistry Sagas { get; }

    /// <summary>What plans are compiled with.</summary>
    public CompilerParts PartsWith(IssuerKeysDirectory issuers) => new()
    {
        Issuers = issuers,
        Accounts = Accounts,
        ApiKeys = ApiKeys.Known,
        Roles = Roles.Known,
        IdempotencyKeys = IdempotencyKeys,
        Sagas = Sagas,
        Events = Events.Log,
        OffersEvents = _options.Events,
        Operations = Operations,
        Publish = _options.ToPublishOptions(),
        Time = _time,
        Logs = _logs,
    };

    /// <summary>Says by what sagas are carried out: the plan in force, and for those that began with another, by what that is compiled.</summary>
    public void CarryOutSagasBy(PlanHolder plans, PlanCompiler earlier) => Sagas.Attach(plans, new DocumentLoader(BuiltIn.Extensions), earlier);

    /// <summary>Has what is kept shown among what is counted.</summary>
    public void ShowIn(GatewayTelemetry telemetry)
    {
        telemetry.ObserveEvents(() => Events.Watch.Last);
        telemetry.ObserveIdempotency(() => IdempotencyKeys.Readings);
        telemetry.ObserveLongWork(() => Operations.Watch.Last);
        telemetry.ObserveSagas(Sagas.Meter);
    }

    /// <summary>Ends what clients wait for and follow: the process is about to stop.</summary>
    public void EndWaits()
    {
        Events.Log.EndWaits();
        Operations.EndStreams();
    }

    /// <summary>Opens the store and reads what requests are checked against.</summary>
    /// <param name="home">What tells the data directory of this instance from others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StartFailure">The store cannot be used.</exception>
    public async Task OpenAsync(string home, CancellationToken cancellationToken)
    {
        try
        {
            await Store.OpenAsync(cancellationToken);
            await Roles.ReadAsync(cancellationToken);
            await ApiKeys.ReadAsync(cancellationToken);
            await Operations.Registry.OpenAsync(home, cancellationToken);
        }
        catch (StoreException exception)
        {
            throw new StartFailure(exception.Message, exception);
        }
    }

    /// <summary>Begins what there is to do in the background.</summary>
    public void Begin(BackgroundWork background, PlanHolder plans)
    {
        background.Begin("service accounts", stop => Accounts.RunAsync(plans, stop));
        background.Begin("roles", Roles.RunAsync);
        ApiKeys.Begin(background);
        background.Begin("idempotency keys", IdempotencyKeys.RunAsync);
        Events.Begin(background);
        Operations.Begin(background);
        background.Begin("sagas", Sagas.RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        Roles.Dispose();
        Operations.Dispose();
        await Store.DisposeAsync();
        ApiKeys.Dispose();
    }
}
