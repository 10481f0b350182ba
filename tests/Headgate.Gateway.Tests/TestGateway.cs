using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
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
    private readonly CountingRecorder _recorder;

    private TestGateway(WebApplication web, SocketTransport sockets, PlanHolder plans, PlanCompiler compiler, CountingRecorder recorder)
    {
        (_web, _sockets, _plans, _compiler, _recorder) = (web, sockets, plans, compiler, recorder);
        Url = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public GatewayPlan Plan => _plans.Current;

    public LivingStates States => _compiler.States;

    /// <summary>The requests under way, where no telemetry counts them.</summary>
    public int InFlight => _recorder.InFlight;

    /// <summary>Starts a gateway on one document in YAML; errors in it fail the test.</summary>
    public static async Task<TestGateway> StartAsync(
        string yaml, PlanOptions? options = null, GatewayTelemetry? telemetry = null, HttpProtocols protocols = HttpProtocols.Http1, PolicyCompiler? policy = null,
        IReadOnlyList<AuthenticatorCompiler>? authenticators = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var sockets = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        PlanCompiler compiler = Compiler((options ?? new PlanOptions()) with { Time = time }, sockets, policy, authenticators);
        var plans = new PlanHolder(Compile(compiler, [yaml], 1));
        var recorder = new CountingRecorder();
        var application = new GatewayApplication(
            plans, new RequestRunner(new ErrorWriter(time), NullLogger<RequestRunner>.Instance), telemetry?.Recorder ?? recorder, time);
        telemetry?.OnPlanActivated(plans.Current);

        WebApplication web = TestLoops.BuildServer(
            kestrel =>
            {
                ClientConnectionRules.Apply(kestrel);
                kestrel.Limits.MaxRequestBodySize = null;
            },
            protocols);
        await web.Services.GetRequiredService<IServer>().StartAsync(application, CancellationToken.None);
        return new TestGateway(web, sockets, plans, compiler, recorder);
    }

    /// <summary>Compiles documents without serving them, for what compiling finds.</summary>
    public static PlanResult Compile(PlanOptions options, params string[] yamls) => Compile(options, [], yamls);

    /// <summary>Compiles documents with authenticators.</summary>
    public static PlanResult Compile(PlanOptions options, IReadOnlyList<AuthenticatorCompiler> authenticators, params string[] yamls)
    {
        using var sockets = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        return Compiler(options, sockets, authenticators: authenticators).Compile([.. yamls.Select((yaml, i) => Load($"api{i + 1}.yaml", yaml))], 1);
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

    public static PlanCompiler Compiler(PlanOptions options, SocketTransport sockets, PolicyCompiler? policy = null, IReadOnlyList<AuthenticatorCompiler>? authenticators = null) => new(
        options,
        new UpstreamDirectory(new UpstreamTransports(sockets, sockets)),
        policy is null ? DefaultPipeline.Policies : [.. DefaultPipeline.Policies, policy],
        DefaultPipeline.Handlers,
        authenticators ?? [],
        DefaultPipeline.Checks);

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
