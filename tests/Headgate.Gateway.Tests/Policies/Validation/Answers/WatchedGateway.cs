using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Validation.Answers;

/// <summary>A gateway that holds the answers of its service to the document, and a service that answers as a test wants.</summary>
internal sealed class WatchedGateway : IAsyncDisposable
{
    private WatchedGateway(EchoUpstream upstream, TestGateway gateway, AnswerWatch watch, RecordingLogger<AnswerWatch> log) =>
        (Upstream, Gateway, Watch, Log) = (upstream, gateway, watch, log);

    public EchoUpstream Upstream { get; }

    public TestGateway Gateway { get; }

    public AnswerWatch Watch { get; }

    public RecordingLogger<AnswerWatch> Log { get; }

    /// <summary>What was found: <c>createOrder body 2</c> for each fault that was counted.</summary>
    public string Faults => string.Join(", ", Watch.ReadFaults().Select(sample => $"{sample.Labels[1]} {sample.Labels[2]} {sample.Value}"));

    /// <summary>What became of the checks: <c>valid 1, broken 2</c>.</summary>
    public string Results => string.Join(", ", Watch.ReadResults().Where(sample => sample.Value > 0).Select(sample => $"{sample.Labels[0]} {sample.Value}"));

    public static async Task<WatchedGateway> StartAsync(string document, Func<HttpContext, Task> answer, TimeProvider? time = null)
    {
        EchoUpstream upstream = await EchoUpstream.StartAsync(answer);
        var log = new RecordingLogger<AnswerWatch>();
        var watch = new AnswerWatch(time ?? TimeProvider.System, log);
        var options = new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] }, Answers = watch };
        return new WatchedGateway(upstream, await TestGateway.StartAsync(document, options), watch, log);
    }

    /// <summary>Waits until an answer is judged: its last byte may be with the client before.</summary>
    public Task IsJudgedAsync() => Forwarding.Condition.BecomesTrueAsync(() => Results.Length > 0);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
