using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Sockets;
using Headgate.Gateway.Telemetry;
using Headgate.Server.Admin;
using Headgate.Server.Documents;
using Headgate.Server.Settings;
using Headgate.Storage;

namespace Headgate.Server.Hosting;

/// <summary>
/// One running gateway: data plane, admin listener, reloads. Made of loaded settings, started, stopped and disposed once.
/// </summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly DataDirectory _data;
    private readonly EventLoopGroup? _loops;
    private readonly Store _store;
    private readonly RoleDirectory _roles;
    private readonly UpstreamTransports _transports;
    private readonly IssuerKeysDirectory _issuers;
    private readonly ServiceAccountRegistry _accounts;
    private readonly ApiKeyDirectory _apiKeys;
    private readonly GatewayTelemetry _telemetry;
    private readonly PlanHolder _plans;
    private readonly UpstreamWatch _watch;
    private readonly GatewayApplication _application;
    private readonly DataPlaneServer _dataPlane;
    private readonly AdminServer _admin;
    private readonly CertificateFile? _certificate;
    private readonly FileFingerprints _loadedFiles;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _background = [];

    /// <summary>Loads the documents.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="data">The data directory; the caller's, to be held until the host is disposed.</param>
    /// <param name="adminKey">The admin key that the environment gives; null to have one made and kept.</param>
    /// <param name="logs">Where the program's log goes.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StartFailure">The machine or the settings do not allow to start.</exception>
    public GatewayHost(ServerOptions options, DataDirectory data, string? adminKey, ILoggerFactory logs, TimeProvider time)
    {
        (_options, _data, _logs, _time) = (options, data, logs, time);
        _certificate = options.Tls is { } files ? new CertificateFile(files, logs.CreateLogger<CertificateFile>()) : null;
        Key = AdminKey.ForStart(adminKey, _data.Path);
        var secrets = new SecretStore(Environment.GetEnvironmentVariables(), options.SecretsDirectory);
        string? keySecret = StartChecks.KeySecretOf(options, secrets);

        _loops = EventLoopGroup.IsSupported ? new EventLoopGroup(Environment.ProcessorCount, options.InlineScheduling, logs.CreateLogger<EventLoopGroup>()) : null;
        _transports = BuiltIn.CreateTransports(options, _loops, time);
        _store = BuiltIn.CreateStore(options.Store, logs.CreateLogger<Store>(), time);
        _roles = new RoleDirectory(_store, time, logs.CreateLogger<RoleDirectory>());
        var upstreams = new UpstreamDirectory(_transports, logs.CreateLogger<UpstreamDirectory>());
        _issuers = new IssuerKeysDirectory(time, logs.CreateLogger<IssuerKeysDirectory>());
        AnswerWatch? answers = options.ValidateResponses ? new AnswerWatch(time, logs.CreateLogger<AnswerWatch>()) : null;
        _accounts = new ServiceAccountRegistry(_store, options.ToServiceAccountOptions(keySecret), time, logs.CreateLogger<ServiceAccountRegistry>());
        _apiKeys = new ApiKeyDirectory(_store, time, logs.CreateLogger<ApiKeyDirectory>());
        PlanOptions plans = options.ToPlanOptions() with
        {
            Time = time,
            Secrets = secrets.Find,
            Answers = answers,
            Cache = new CacheOptions { MemoryBytes = options.CacheMemory, Logger = logs.CreateLogger<CacheOptions>() },
        };
        var parts = new CompilerParts { Issuers = _issuers, Accounts = _accounts, ApiKeys = _apiKeys.Known, Roles = _roles.Known, Time = time, Logs = logs };
        PlanCompiler compiler = BuiltIn.CreateCompiler(plans, upstreams, parts);
        ConfigurationLoader loader = BuiltIn.CreateConfigurationLoader(options, compiler);
        FileFingerprints before = FileFingerprints.Of(options.Documents.Concat(options.Overlays).Select(Path.GetFullPath));
        Configuration configuration = loader.Load(previous: null);
        _loadedFiles = before.For(configuration.FilePaths);
        _plans = new PlanHolder(configuration.Plan);
        _watch = new UpstreamWatch(_plans, time, logs.CreateLogger<UpstreamWatch>());
        _telemetry = StartChecks.TelemetryOf(options, time, logs);
        _telemetry.ObservePools(upstreams);
        _telemetry.ObserveStates(compiler.States);
        if (answers is not null)
            _telemetry.ObserveAnswers(answers);
        _telemetry.OnPlanActivated(configuration.Plan);
        Reloader = new ConfigurationReloader(loader, compiler, _plans, _telemetry, configuration, time, logs.CreateLogger<ConfigurationReloader>());

        var runner = new RequestRunner(new ErrorWriter(time), logs.CreateLogger<RequestRunner>());
        _application = new GatewayApplication(_plans, runner, _telemetry.Recorder, time);
        _dataPlane = new DataPlaneServer(options, _certificate, _telemetry.CountConnections, _loops, logs);
        _admin = new AdminServer(options, CreateAdminServices(compiler.States), logs);
    }

    /// <summary>What is loaded, and how it is loaded anew.</summary>
    public ConfigurationReloader Reloader { get; }

    /// <summary>Whether the instance wants traffic.</summary>
    public Readiness Readiness { get; } = new();

    /// <summary>The key of the admin API.</summary>
    public AdminKey Key { get; }

    /// <summary>Where the data plane listens.</summary>
    public IReadOnlyList<ListenAddress> Addresses => _dataPlane.Addresses;

    /// <summary>Where the admin API listens.</summary>
    public ListenAddress AdminAddress => _admin.Address;

    /// <summary>Where the probes listen, beside the admin listener; null when nowhere else.</summary>
    public ListenAddress? ProbesAddress => _admin.ProbesAddress;

    /// <summary>Opens the store and the listeners, and begins to watch files.</summary>
    /// <exception cref="StartFailure">The store cannot be used, or an address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenStoreAsync(cancellationToken);
        await _admin.StartAsync(cancellationToken);
        await _dataPlane.StartAsync(_application, cancellationToken);
        _accounts.Issuer.ListensAt(Addresses[0].ToClientUri());
        new RunFile(Environment.ProcessId, AdminAddress.ToString(), [.. Addresses.Select(address => address.ToString())], _time.GetUtcNow()).Write(_data.Path);
        Readiness.BecomeReady();
        _background.Add(_issuers.RunAsync(_stopping.Token));
        _background.Add(_accounts.RunAsync(_plans, _stopping.Token));
        _background.Add(_watch.RunAsync(_stopping.Token));
        _background.Add(_roles.RunAsync(_stopping.Token));
        _background.Add(_apiKeys.RunAsync(_stopping.Token));
        if (_options.ReloadOnChange)
            _background.Add(new DocumentWatcher(Reloader, _options.ReloadPollInterval, _time, _logs.CreateLogger<DocumentWatcher>()).RunAsync(_loadedFiles, _stopping.Token));
        if (_certificate is not null)
            _background.Add(_certificate.WatchAsync(_options.ReloadPollInterval, _time, _stopping.Token));
    }

    /// <summary>Drains: says so to the probes, stops accepting, and gives requests under way the drain timeout.</summary>
    /// <returns>Whether every request finished in time.</returns>
    public async Task<bool> StopAsync()
    {
        ILogger logger = _logs.CreateLogger<GatewayHost>();
        Readiness.BeginDraining();
        HostingLog.Draining(logger, _options.DrainTimeout);
        using var timeout = new CancellationTokenSource(_options.DrainTimeout, _time);
        await _dataPlane.StopAsync(timeout.Token);
        bool inTime = !timeout.IsCancellationRequested;
        if (!inTime)
            HostingLog.DrainTimedOut(logger);

        await _stopping.CancelAsync();
        await Task.WhenAll(_background);
        await _admin.StopAsync(timeout.Token);
        RunFile.Remove(_data.Path);
        return inTime;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_background);
        await _dataPlane.DisposeAsync();
        await _admin.DisposeAsync();
        _roles.Dispose();
        await _store.DisposeAsync();
        Reloader.Dispose();
        _transports.Dispose();
        _issuers.Dispose();
        _apiKeys.Dispose();
        await _telemetry.DisposeAsync();
        _loops?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Has the access log's file opened anew, after a rotation renamed it.</summary>
    public void ReopenAccessLog() => _telemetry.ReopenAccessLog();

    private AdminServices CreateAdminServices(LivingStates states) => new(_plans, _time)
    {
        Options = _options,
        Reloader = Reloader,
        Readiness = Readiness,
        Store = _store,
        Roles = _roles,
        Key = Key,
        ApiKeys = _apiKeys,
        ServiceAccounts = _accounts,
        Cache = new CacheContents(states, _logs.CreateLogger<CacheContents>()),
        Metrics = _telemetry.Metrics,
        Addresses = () => Addresses,
    };

    private async Task OpenStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _store.OpenAsync(cancellationToken);
            await _roles.ReadAsync(cancellationToken);
            await _apiKeys.ReadAsync(cancellationToken);
        }
        catch (StoreException exception)
        {
            throw new StartFailure(exception.Message, exception);
        }
    }
}
