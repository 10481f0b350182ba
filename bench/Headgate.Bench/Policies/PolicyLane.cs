using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Roles;
using Headgate.Gateway.Telemetry;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Bench.Policies;

/// <summary>The gateway's own pipeline in this process, from Kestrel's parser to the bytes of the answer, and one request that is sent to it again and again.</summary>
internal sealed class PolicyLane : IAsyncDisposable
{
    private static readonly byte[] Expected = "HTTP/1.1 200 "u8.ToArray();

    private readonly MemoryListener connection = new();
    private readonly WebApplication web;
    private readonly GatewayTelemetry telemetry;
    private readonly GatewayPlan plan;
    private readonly byte[] request;
    private readonly TimeProvider time;

    private PolicyLane(GatewayPlan plan, byte[] request, TimeProvider time)
    {
        (this.plan, this.request, this.time) = (plan, request, time);
        telemetry = GatewayTelemetry.Create(new TelemetryOptions(), time, NullLoggerFactory.Instance);
        telemetry.OnPlanActivated(plan);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            ClientConnectionRules.Apply(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IConnectionListenerFactory>(connection);
        web = builder.Build();
        connection.MemoryPool = web.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create();
    }

    /// <summary>Starts it and sends the request until it is answered at once.</summary>
    /// <param name="document">The document in YAML.</param>
    /// <param name="policy">The policy that is measured.</param>
    /// <param name="isLeftOut">Whether this pipeline is the one without it.</param>
    /// <param name="authenticators">Who checks credentials.</param>
    /// <param name="request">The request.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MeasurementFailedException">The document has errors, the policy is not in the pipeline, or the request is not answered with 200.</exception>
    public static async Task<PolicyLane> StartAsync(
        string document, string policy, bool isLeftOut, AuthenticatorCompiler authenticators, byte[] request, TimeProvider time, CancellationToken cancellation)
    {
        var lane = new PolicyLane(Compile(document, policy, isLeftOut, authenticators, time), request, time);
        await lane.FirstAsync(cancellation);
        return lane;
    }

    /// <summary>Sends the request so many times; each is answered before this thread goes on.</summary>
    /// <exception cref="MeasurementFailedException">A request was not answered at once, or not with 200.</exception>
    public void Send(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (!TryExchange())
                throw new MeasurementFailedException("a policy of the steady state did not complete at once");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await web.Services.GetRequiredService<IServer>().StopAsync(new CancellationToken(canceled: true));
        await web.DisposeAsync();
        await telemetry.DisposeAsync();
    }

    // Settings ask for it, and no document.
    private const string AnswerCheck = "answer-check";

    private static GatewayPlan Compile(string document, string policy, bool isLeftOut, AuthenticatorCompiler authenticators, TimeProvider time)
    {
        var load = new DocumentLoader(GatewayExtensions.RegisterAll(new ExtensionRegistry())).Load(DocumentSource.FromText("measured.yaml", document));
        IReadOnlyList<PolicyCompiler> all = DefaultPipeline.CreatePolicies(new KnownRoles());
        IReadOnlyList<PolicyCompiler> policies = isLeftOut ? [.. all.Select(compiler => new WithoutPolicy(compiler, policy))] : all;
        using var transports = UpstreamTransports.Create(loops: null, time);
        var compiler = new PlanCompiler(new PlanOptions { Answers = policy == AnswerCheck ? new AnswerWatch(time, NullLogger<AnswerWatch>.Instance) : null }, new UpstreamDirectory(transports, NullLogger<UpstreamDirectory>.Instance), policies, [new StaticAnswer.Compiler()], [authenticators], DefaultPipeline.Checks);
        var plan = compiler.Compile([new DocumentOutcome(load.Readable, load.Diagnostics)], 1).Plan;
        if (load.Diagnostics.Items.FirstOrDefault(item => item.Severity == DiagnosticSeverity.Error) is { } error)
            throw new MeasurementFailedException(error.Message);
        var operation = plan.Apis[0].Operations[0];
        return operation.RequestPolicies.Concat(operation.ResponsePolicies).Any(candidate => candidate.Name == policy) == isLeftOut
            ? throw new MeasurementFailedException($"the document does not ask for {policy}")
            : plan;
    }

    private async Task FirstAsync(CancellationToken cancellation)
    {
        var runner = new RequestRunner(new ErrorWriter(time), NullLogger<RequestRunner>.Instance);
        await web.Services.GetRequiredService<IServer>().StartAsync(new GatewayApplication(new PlanHolder(plan), runner, telemetry.Recorder, time), cancellation);
        while (!TryExchange())
            Take(await connection.Answers.ReadAsync(cancellation));
    }

    // False when the answer is still to come, from another thread: as the first one is, and that to the first token of an issuer.
    private bool TryExchange()
    {
        connection.Requests.Write(request);
        var flush = connection.Requests.FlushAsync();
        if (!flush.IsCompletedSuccessfully)
            throw new MeasurementFailedException("the connection takes no more");
        if (!connection.Answers.TryRead(out var answer))
            return false;
        Take(answer);
        return true;
    }

    private void Take(ReadResult answer)
    {
        if (!answer.Buffer.FirstSpan.StartsWith(Expected))
            throw new MeasurementFailedException($"the request is answered with {Encoding.ASCII.GetString(answer.Buffer)}");
        connection.Answers.AdvanceTo(answer.Buffer.End);
    }
}
