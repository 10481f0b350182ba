using System.Net;
using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Events;

/// <summary><c>headgate events replay</c> without a subscription: what is in the log, for somebody outside.</summary>
public sealed class EventReplayTests : IAsyncLifetime
{
    private const int Events = 250;

    private EventsGateway _events = null!;

    public async ValueTask InitializeAsync()
    {
        _events = await EventsGateway.StartAsync();
        string key = await _events.KeyAsync();
        string batch = string.Join(',', Enumerable.Range(1, Events).Select(n => EventsGateway.Event($"{n}", n % 2 == 0 ? ",\"tenantid\":\"acme\"" : "", n <= 200 ? "order.created" : "user.created")));
        Assert.Equal(202, (await _events.PublishAsync(key, $"[{batch}]", "application/cloudevents-batch+json")).Status);
    }

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Theory]
    [InlineData(1, 250, "--after", "0")]
    [InlineData(241, 250, "--after", "240")]
    [InlineData(1, 200, "--after", "0", "--type", "order.*")]
    [InlineData(202, 250, "--after", "200", "--tenant", "acme")]
    public async Task Replay_ToOutput_IsEachEventOnALine_OverAllPages(int first, int last, params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync(arguments);

        JsonElement[] events = [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        int[] offsets = [.. events.Select(told => int.Parse(told.GetProperty("offset").GetString()!, System.Globalization.CultureInfo.InvariantCulture))];
        int step = arguments.Contains("acme") ? 2 : 1;
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal(Enumerable.Range(first, last - first + 1).Where(n => (n - first) % step == 0), offsets);
        Assert.All(events, told => Assert.Equal(1, told.GetProperty("data").GetProperty("n").GetInt32()));
        Assert.Contains($"{events.Length} events, up to offset {Events}", output, StringComparison.Ordinal);
    }

    // JSON that no text can be made of, which the grammar allows: a reader that would is not to be stopped by it for ever.
    [Fact]
    public async Task Replay_OfHalfASurrogatePair_GoesOn()
    {
        string key = await _events.KeyAsync();
        (_, JsonElement body) = await _events.PublishAsync(key, EventsGateway.Event("half").Replace("{\"n\":1}", "{\n \"\\ud800\": \"\\udfff\",\n \"text\": \" \\\\ \\\" \"}", StringComparison.Ordinal));
        await _events.PublishAsync(key, EventsGateway.Event("next"));

        (int exitCode, string output) = await RunAsync("--after", $"{Events}");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("2 events, up to offset 252", output, StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"\\ud800\":\"\\udfff\",\"text\":\" \\\\ \\\" \"}}\n", output, StringComparison.Ordinal);
        (exitCode, output) = await InstanceCommand.RunAsync(_events.Gateway, ["events", "show", body.GetProperty("events")[0].GetProperty("id").GetString()!]);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("\"half\"", output, StringComparison.Ordinal);
        Assert.Equal(200, (await _events.ReadAsync(key, $"after={Events}")).Status);
    }

    [Fact]
    public async Task Replay_OfAnEmptyRest_IsNothing() =>
        Assert.Equal((ExitCodes.Success, $"0 events, up to offset {Events}"), await RunAsync("--after", $"{Events}"));

    [Fact]
    public async Task Replay_ToAUrl_IsBatchesInOrder_AndStopsWhereOneIsNotTaken()
    {
        var taken = new List<int>();
        bool refuses = true;
        await using EventSink sink = await EventSink.StartAsync(batch =>
        {
            if (refuses && taken.Count > 0)
                return HttpStatusCode.ServiceUnavailable;
            taken.AddRange(batch.EnumerateArray().Select(told => int.Parse(told.GetProperty("producerid").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
            return HttpStatusCode.NoContent;
        });

        (int exitCode, string output) = await RunAsync("--after", "0", "--to", sink.Address.ToString(), "-H", "Authorization: Bearer t");
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains($"answered 503. It has taken {taken.Count} events. Go on with --after {taken.Count}.", output, StringComparison.Ordinal);
        refuses = false;
        Assert.Equal(ExitCodes.Success, (await RunAsync("--after", $"{taken.Count}", "--to", sink.Address.ToString(), "-H", "Authorization: Bearer t")).ExitCode);

        Assert.Equal(Enumerable.Range(1, Events), taken);
        Assert.All(sink.Authorizations, value => Assert.Equal("Bearer t", value));
    }

    [Theory]
    [InlineData("is no header field", "--after", "0", "--to", "http://127.0.0.1:1", "-H", "nonsense")]
    [InlineData("--to needs a URL", "--after", "0", "--to", "nowhere")]
    [InlineData("--header is for --to", "--after", "0", "-H", "A: b")]
    [InlineData("A subscription says itself", "read-model", "--after", "0", "--type", "order.*")]
    [InlineData("400", "--after", "0", "--type", "*.created")]
    public async Task Replay_ThatCannotBeMeant_IsRefused(string message, params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync(arguments);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ToNobody_SaysThatNothingWasTaken()
    {
        (int exitCode, string output) = await RunAsync("--after", "0", "--to", "http://127.0.0.1:1/");
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains("cannot be reached", output, StringComparison.Ordinal);
        Assert.Contains("It has taken 0 events. Go on with --after 0.", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(_events.Gateway, ["events", "replay", .. arguments]);
        return (exitCode, output.TrimEnd().ReplaceLineEndings("\n"));
    }
}
