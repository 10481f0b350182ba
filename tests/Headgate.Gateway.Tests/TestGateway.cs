using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Roles;
using Headgate.Gateway.Telemetry;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests;

/// <summary>A whole data plane on a free port: a document is loaded, compiled and served by a real Kestrel.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly SocketTransport _sockets;
    private readonly PlanHolder _plans;
    private readonly PlanCompiler _compiler;
    private readonly TestRecorder _recorder;

    private TestGateway(WebApplication web, SocketTransport sockets, PlanHolder plans, PlanCompiler compiler, TestRecorder recorder)
    {
        (_web, _sockets, _plans, _compiler, _recorder) = (web, sockets, plans, compiler, recorder);
        Url = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public GatewayPlan Plan => _plans.Current;

    public PlanHolder Plans => _plans;

    /// <summary>The names of the errors of requests that ended; empty where a test brings telemetry.</summary>
    public IReadOnlyCollection<string> Failures => _recorder.Failures;

    /// <summary>The clock of requests.</summary>
    public TimeProvider Time { get; private init; } = TimeProvider.System;

    public LivingStates States => _compiler.States;

    public UpstreamDirectory Upstreams { get; private init; } = null!;

    /// <summary>The requests under way, where no telemetry counts them.</summary>
    public int InFlight => _recorder.InFlight;

    /// <summary>Starts a gateway on one document in YAML; errors in it fail the test.</summary>
    public static async Task<TestGateway> StartAsync(
        string yaml, PlanOptions? options = null, GatewayTelemetry? telemetry = null, HttpProtocols protocols = HttpProtocols.Http1, PolicyCompiler? policy = null,
        IReadOnlyList<AuthenticatorCompiler>? authenticators = null, TimeProvider? time = null, IReadOnlyList<BuiltInApi>? builtIns = null, CallCommons? commons = null, KnownRoles? roles = null)
    {
        time ??= TimeProvider.System;
        var sockets = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        UpstreamDirectory upstreams = Directory(sockets, commons);
        PlanCompiler compiler = Compiler((options ?? new PlanOptions()) with { Time = time }, upstreams, policy, authenticators, builtIns, roles);
        var plans = new PlanHolder(Compile(compiler, [yaml], 1));
        var recorder = new TestRecorder();
        var application = new GatewayApplication(
            plans, new RequestRunner(new ErrorWriter(time), NullLogger<RequestRunner>.Instance), telemetry?.Recorder ?? recorder, time);
        telemetry?.OnPlanActivated(plans.Current);
        telemetry?.ObservePools(upstreams);

        WebApplication web = TestLoops.BuildServer(
            kestrel =>
            {
                ClientConnectionRules.Apply(kestrel);
                kestrel.Limits.MaxRequestBodySize = null;
            },
            protocols);
        await web.Services.GetRequiredService<IServer>().StartAsync(application, CancellationToken.None);
        return new TestGateway(web, sockets, plans, compiler, recorder) { Time = time, Upstreams = upstreams };
    }

    /// <summary>Compiles documents without serving them, for what compiling finds.</summary>
    public static PlanResult Compile(PlanOptions options, params string[] yamls) => Compile(options, [], yamls);

    /// <summary>Compiles documents with authenticators.</summary>
    public static PlanResult Compile(PlanOptions options, IReadOnlyList<AuthenticatorCompiler> authenticators, params string[] yamls) => Compile(options, authenticators, [], yamls);

    /// <summary>Compiles documents with authenticators and what Headgate itself offers.</summary>
    public static PlanResult Compile(PlanOptions options, IReadOnlyList<AuthenticatorCompiler> authenticators, IReadOnlyList<BuiltInApi> builtIns, params string[] yamls)
    {
        using var sockets = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        return Compiler(options, Directory(sockets, commons: null), policy: null, authenticators, builtIns, roles: null).Compile([.. yamls.Select((yaml, i) => Load($"api{i + 1}.yaml", yaml))], 1);
    }

    /// <summary>Swaps other documents in.</summary>
    public void Reload(params string[] yamls)
    {
        _plans.Swap(Compile(_compiler, yamls, Plan.Generation + 1));
        _compiler.Retire(Plan);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _web.Services.GetRequiredService<IServer>().StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
        _sockets.Dispose();
    }

    public static PlanCompiler Compiler(PlanOptions options, SocketTransport sockets, PolicyCompiler? policy = null, IReadOnlyList<AuthenticatorCompiler>? authenticators = null) =>
        Compiler(options, Directory(sockets, commons: null), policy, authenticators, builtIns: null, roles: null);

    private static PlanCompiler Compiler(
        PlanOptions options, UpstreamDirectory upstreams, PolicyCompiler? policy, IReadOnlyList<AuthenticatorCompiler>? authenticators, IReadOnlyList<BuiltInApi>? builtIns, KnownRoles? roles) => new(
        options,
        upstreams,
        [.. DefaultPipeline.CreatePolicies(roles ?? new KnownRoles()), .. policy is null ? Array.Empty<PolicyCompiler>() : [policy]],
        DefaultPipeline.Handlers,
        authenticators ?? [],
        DefaultPipeline.Checks)
    {
        BuiltIns = builtIns ?? [],
    };

    private static UpstreamDirectory Directory(SocketTransport sockets, CallCommons? commons) => new(
        new UpstreamTransports(sockets, new FrameworkTransport(new SocketTransportOptions(), TimeProvider.System)), commons ?? new CallCommons(Random.Shared, NullLogger.Instance));

    private static GatewayPlan Compile(PlanCompiler compiler, string[] yamls, int generation)
    {
        PlanResult result = compiler.Compile([.. yamls.Select((yaml, i) => Load(i == 0 ? "api.yaml" : $"api{i + 1}.yaml", yaml))], generation);
        Assert.DoesNotContain(result.Documents.SelectMany(document => document.Diagnostics.Items), item => item.Severity == DiagnosticSeverity.Error);
        return result.Plan;
    }

    private static DocumentOutcome Load(string name, string yaml)
    {
        LoadResult load = new DocumentLoader(GatewayExtensions.RegisterAll(new ExtensionRegistry())).Load(DocumentSource.FromText(name, yaml));
        return new DocumentOutcome(load.Readable, load.Diagnostics);
    }
}
