using System.Text.Json;
using Headgate.Integration.Operations;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Events;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Operations;

/// <summary><c>headgate operations</c> against a running instance.</summary>
public sealed class OperationsCommandTests
{
    private static readonly OperationChange s_stuck = new()
    {
        End = OperationState.Failed, Attention = "The refund of pay_7 was refused 10 times.", Stage = "refund", Error = new OperationError("BAD_GATEWAY", "The order could neither be made nor undone."),
    };

    // From the list to the reason to the end of the matter, by the commands alone.
    [Fact]
    public async Task WhatNeedsAttention_IsListedExplainedRetriedAndResolved()
    {
        int runs = 0;
        await using OperationsGateway operations = await OperationsGateway.StartAsync((run, stopped) => Interlocked.Increment(ref runs) == 3
            ? run.SaveAsync(new OperationChange { End = OperationState.Succeeded, Message = "Refunded." }, stopped)
            : run.SaveAsync(s_stuck, stopped));
        TestGateway gateway = operations.Gateway;
        Assert.Equal((ExitCodes.Success, "There are no such operations."), await RunAsync(gateway, "list"));
        OperationRun first = await operations.BeginAsync();
        OperationRun second = await operations.BeginAsync(tenant: "other");
        await Task.WhenAll(first.Ended, second.Ended);
        string id = (await operations.Operations.Registry.ListAsync(OperationFilter.Everything with { NeedsAttention = true }, null, 10, TestContext.Current.CancellationToken)).Operations[0].Id;

        (int exitCode, string list) = await RunAsync(gateway, "list", "--attention", "--tenant", id == first.Record.Id ? "acme" : "other");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Matches($"\n{id} +failed \\(attention\\) +0 % +test +checkout +refund +[a-z]+ +20.*Z +The refund of pay_7 was refused 10 times.$", list);
        (_, string explained) = await RunAsync(gateway, "explain", id);
        Assert.Contains("attention The refund of pay_7", explained, StringComparison.Ordinal);
        Assert.Contains($"headgate operations retry {id}", explained, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Success, $"{id} is run again: checkout of shop"), await RunAsync(gateway, "retry", id));
        await Until.TrueAsync(async () => (await RunAsync(gateway, "show", id)).Output.Contains("is succeeded", StringComparison.Ordinal), "it is run again");
        Assert.Equal(ExitCodes.Failure, (await RunAsync(gateway, "retry", id)).ExitCode);
        (_, string logs) = await RunAsync(gateway, "logs", id);
        Assert.Equal(
            ["operation.started", "operation.needs_attention", "operation.retried", "operation.resumed", "operation.succeeded"],
            logs.Split('\n').Skip(1).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    [Fact]
    public async Task Resolved_IsNoted_AndCancelled_IsAskedFor()
    {
        bool stuck = true;
        await using OperationsGateway operations = await OperationsGateway.StartAsync((run, stopped) =>
            stuck ? run.SaveAsync(s_stuck, stopped) : Headgate.Integration.Tests.Operations.TestKind.WaitForCancelAsync(run, stopped));
        OperationRun failed = await operations.BeginAsync();
        await failed.Ended;
        string id = failed.Record.Id;

        Assert.Equal(ExitCodes.Usage, (await RunAsync(operations.Gateway, "resolve", id)).ExitCode);
        Assert.Equal((ExitCodes.Success, $"{id} is settled: refunded  by hand"), await RunAsync(operations.Gateway, "resolve", id, "--note", "refunded\e by hand"));
        Assert.Equal(ExitCodes.Failure, (await RunAsync(operations.Gateway, "resolve", id, "--note", "again")).ExitCode);
        Assert.Contains("It is settled: refunded  by hand", (await RunAsync(operations.Gateway, "explain", id)).Output, StringComparison.Ordinal);
        stuck = false;
        OperationRun waits = await operations.BeginAsync();
        JsonElement asked = JsonSerializer.Deserialize<JsonElement>((await RunAsync(operations.Gateway, "cancel", waits.Record.Id, "--format", "json")).Output);
        Assert.Equal("cancelling", asked[0].GetProperty("state").GetString());
        await waits.Ended;
        Assert.Equal(ExitCodes.Failure, (await RunAsync(operations.Gateway, "cancel", waits.Record.Id)).ExitCode);
        foreach (string word in new[] { "show", "explain", "logs", "cancel", "retry" })
            Assert.Equal(ExitCodes.Failure, (await RunAsync(operations.Gateway, word, "op_00000000000000000000000000000000")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await RunAsync(operations.Gateway, "list", "--state", "done")).ExitCode);
    }

    [Fact]
    public async Task StuckWork_IsShown_ByHealthAndStatusAndMetrics()
    {
        await using OperationsGateway operations = await OperationsGateway.StartAsync((run, stopped) => run.SaveAsync(s_stuck, stopped));
        await (await operations.BeginAsync()).Ended;
        await Until.TrueAsync(
            async () => (await operations.Gateway.Admin.GetStringAsync("/healthz", TestContext.Current.CancellationToken)).Contains("operations that need attention: 1", StringComparison.Ordinal),
            "health tells of it");
        (int exitCode, string status) = await InstanceCommand.RunAsync(operations.Gateway, "status");
        string metrics = await operations.Gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("; operations that need attention: 1", status, StringComparison.Ordinal);
        Assert.Contains("POST /Shop/checkout of shop begins operations", status, StringComparison.Ordinal);
        Assert.Contains("\nheadgate_operations_needing_attention 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nheadgate_operations_ended_total{kind=\"test\",outcome=\"needs_attention\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StuckOperations_AndDeadLetters_AreShown_ByHealthAndStatus()
    {
        await using OperationsGateway operations = await OperationsGateway.StartAsync(Headgate.Integration.Tests.Operations.TestKind.WaitAsync);
        await LeftLetter.MakeAsync(operations.Gateway);
        await operations.BeginAsync();
        await operations.Gateway.Host.Store.WriteAsync(
            session => session.ExecuteAsync("UPDATE headgate_operations SET deadline = $1", TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(3)), TestContext.Current.CancellationToken);
        const string told = "stuck operations: 1, dead letters: 1";
        await Until.TrueAsync(
            async () => (await operations.Gateway.Admin.GetStringAsync("/healthz", TestContext.Current.CancellationToken)).Contains(told, StringComparison.Ordinal), "health tells of both");
        (_, string status) = await InstanceCommand.RunAsync(operations.Gateway, "status");

        Assert.Contains(told, status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackgroundWork_ThatFails_IsNamed_ByHealthAndStatus()
    {
        await using OperationsGateway operations = await OperationsGateway.StartAsync((run, stopped) => run.SaveAsync(s_stuck, stopped));
        operations.Gateway.Host.Background.Begin("the test's work", _ => throw new InvalidOperationException("a fault"));
        string health = await operations.Gateway.Admin.GetStringAsync("/healthz", TestContext.Current.CancellationToken);
        (_, string status) = await InstanceCommand.RunAsync(operations.Gateway, "status");

        Assert.Contains("faults of Headgate itself: the test's work", health, StringComparison.Ordinal);
        Assert.Contains("fault    the test's work: it was begun again", status, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(TestGateway gateway, params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(gateway, ["operations", .. arguments]);
        return (exitCode, output.TrimEnd().ReplaceLineEndings("\n"));
    }
}
