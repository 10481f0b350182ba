using Headgate.Gateway.Background;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Sockets;
using Headgate.Gateway.Telemetry;
using Headgate.Integration.Events;
using Headgate.Integration.Operations;
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
    private readonly LogLevelSwitch _levels;
    private readonly DataDirectory _data;
    private readonly EventLoopGroup? _loops;
    private readonly StoredState _stored;
    private readonly UpstreamTransports _transports;
    private readonly UpstreamDirectory _upstreams;
    private readonly IssuerKeysDirectory _issuers;
    private readonly GatewayTelemetry _telemetry;
    private readonly PlanHolder _plans;
    private readonly UpstreamWatch _watch;
    private readonly GatewayApplication _application;
    private readonly DataPlaneServer _dataPlane;
    private readonly AdminServer _admin;
    private readonly CertificateFile? _certificate;
    private readonly FileFingerprints _loadedFiles;

    /// <summary>Loads the documents.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="data">The data directory; the caller's, to be held until the host is disposed.</param>
    /// <param name="adminKey">The admin key that the environment gives; null to have one made and kept.</param>
    /// <param name="logs">Where the program's log goes.</param>
    /// <param name="levels">What changes the levels of that log.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StartFailure">The machine or the settings do not allow to start.</exception>
    public GatewayHost(ServerOptions options, DataDirectory data, string? adminKey, ILoggerFactory logs, LogLevelSwitch levels, TimeProvider time)
    {
        (_options, _data, _logs, _levels, _time) = (options, data, logs, levels, time);
        _certificate = options.Tls is { } files ? new CertificateFile(files, logs.CreateLogger<CertificateFile>()) : null;
        Key = AdminKey.ForStart(adminKey, _data.Path);
        var secrets = new SecretStore(Environment.GetEnvironmentVariables(), options.SecretsDirectory);
        string? keySecret = StartChecks.KeySecretOf(options, secrets);
        _loops = EventLoopGroup.IsSupported ? new EventLoopGroup(Environment.ProcessorCount, options.InlineScheduling, logs.CreateLogger<EventLoopGroup>()) : null;
        _transports = BuiltIn.CreateTransports(options, _loops, time);
        Background = new BackgroundWork(time, logs.CreateLogger<BackgroundWork>());
        _stored = new StoredState(options, keySecret, time, logs);
        _upstreams = new UpstreamDirectory(_transports, logs.CreateLogger<UpstreamDirectory>());
        _issuers = new IssuerKeysDirectory(time, logs.CreateLogger<IssuerKeysDirectory>());
        AnswerWatch? answers = options.ValidateResponses ? new AnswerWatch(time, logs.CreateLogger<AnswerWatch>()) : null;
        PlanOptions plans = options.ToPlanOptions() with
        {
            Time = time,
            Secrets = secrets.Find,
            Answers = answers,
            Cache = new CacheOptions { MemoryBytes = options.CacheMemory, Logger = logs.CreateLogger<CacheOptions>() },
        };
        PlanCompiler compiler = BuiltIn.CreateCompiler(plans, _upstreams, _stored.PartsWith(_issuers));
        ConfigurationLoader loader = BuiltIn.CreateConfigurationLoader(options, compiler);
        FileFingerprints before = FileFingerprints.Of(options.Documents.Concat(options.Overlays).Select(Path.GetFullPath));
        Configuration configuration = loader.Load(previous: null);
        _loadedFiles = before.For(configuration.FilePaths);
        _plans = new PlanHolder(configuration.Plan);
        _stored.CarryOutSagasBy(_plans, BuiltIn.CreateSagaCompiler(plans, _upstreams, _stored.PartsWith(_issuers)));
        _watch = new UpstreamWatch(_plans, time, logs.CreateLogger<UpstreamWatch>());
        _telemetry = StartChecks.TelemetryOf(options, time, logs);
        _telemetry.ObservePools(_upstreams);
        _telemetry.ObserveStates(compiler.States);
        _stored.ShowIn(_telemetry);
        if (answers is not null)
            _telemetry.ObserveAnswers(answers);
        _telemetry.OnPlanActivated(configuration.Plan);
        Reloader = new ConfigurationReloader(loader, compiler, _plans, _telemetry, configuration, time, logs.CreateLogger<ConfigurationReloader>());
        _telemetry.Bodies = new MemoryBudget(options.Limits.HeldBodies);
        _application = new GatewayApplication(_plans, new RequestRunner(new ErrorWriter(time), logs.CreateLogger<RequestRunner>()), _telemetry.Recorder, time, _telemetry.Bodies);
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

    /// <summary>What goes on in the background.</summary>
    public BackgroundWork Background { get; }

    /// <summary>The event log and its consumers.</summary>
    public EventServices Events => _stored.Events;

    /// <summary>Long work.</summary>
    public OperationServices Operations => _stored.Operations;

    /// <summary>Where state is kept.</summary>
    public Store Store => _stored.Store;

    /// <summary>Where the admin API listens.</summary>
    public ListenAddress AdminAddress => _admin.Address;

    /// <summary>Where the probes listen, beside the admin listener; null when nowhere else.</summary>
    public ListenAddress? ProbesAddress => _admin.ProbesAddress;

    /// <summary>Opens the store and the listeners, and begins to watch files.</summary>
    /// <exception cref="StartFailure">The store cannot be used, or an address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _stored.OpenAsync(_data.ReadIdentity(), cancellationToken);
        await _admin.StartAsync(cancellationToken);
        await _dataPlane.StartAsync(_application, cancellationToken);
        _stored.Accounts.Issuer.ListensAt(Addresses[0].ToClientUri());
        new RunFile(Environment.ProcessId, AdminAddress.ToString(), [.. Addresses.Select(address => address.ToString())], _time.GetUtcNow()).Write(_data.Path);
        Readiness.BecomeReady();
        Background.Begin("issuers' keys", _issuers.RunAsync);
        _stored.Begin(Background, _plans);
        Background.Begin("health checks", _watch.RunAsync);
        if (_options.ReloadOnChange)
            Background.Begin("documents", stop => new DocumentWatcher(Reloader, _options.ReloadPollInterval, _time, _logs.CreateLogger<DocumentWatcher>()).RunAsync(_loadedFiles, stop));
        if (_certificate is not null)
            Background.Begin("certificate", stop => _certificate.WatchAsync(_options.ReloadPollInterval, _time, stop));
    }

    /// <summary>Drains: says so to the probes, stops accepting, and gives requests under way the drain timeout.</summary>
    /// <returns>Whether every request finished in time.</returns>
    public async Task<bool> StopAsync()
    {
        Readiness.BeginStopping();
        HostingLog.Draining(_logs.CreateLogger<GatewayHost>(), _options.DrainTimeout);
        _stored.EndWaits();
        using var timeout = new CancellationTokenSource(_options.DrainTimeout, _time);
        await _dataPlane.StopAsync(timeout.Token);
        bool inTime = !timeout.IsCancellationRequested;
        if (!inTime)
            HostingLog.DrainTimedOut(_logs.CreateLogger<GatewayHost>());

        await Background.StopAsync();
        await _admin.StopAsync(timeout.Token);
        RunFile.Remove(_data.Path);
        return inTime;
    }

    public async ValueTask DisposeAsync()
    {
        await Background.DisposeAsync();
        await _dataPlane.DisposeAsync();
        await _admin.DisposeAsync();
        await _stored.DisposeAsync();
        Reloader.Dispose();
        _transports.Dispose();
        _issuers.Dispose();
        await _telemetry.DisposeAsync();
        _loops?.Dispose();
    }

    /// <summary>Has the access log's file opened anew, after a rotation renamed it.</summary>
    public void ReopenAccessLog() => _telemetry.ReopenAccessLog();

    private AdminServices CreateAdminServices(LivingStates states) => new(_plans, _time)
    {
        Options = _options,
        Reloader = Reloader,
        Readiness = Readiness,
        Background = Background,
        Store = _stored.Store,
        Roles = _stored.Roles,
        Key = Key,
        ApiKeys = _stored.ApiKeys,
        ServiceAccounts = _stored.Accounts,
        Events = _stored.Events,
        Operations = _stored.Operations,
        Cache = new CacheContents(states, _logs.CreateLogger<CacheContents>()),
        Telemetry = _telemetry,
        Upstreams = _upstreams,
        LogLevels = _levels,
        Log = _logs.CreateLogger<AdminServer>(),
        Addresses = () => Addresses,
    };
}
