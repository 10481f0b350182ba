using System.Text.Json;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Events;

/// <summary><c>headgate events</c> and <c>headgate deadletters</c> against a running instance.</summary>
public sealed class EventsCommandTests : IAsyncLifetime
{
    private EventsGateway _events = null!;

    private TestGateway Gateway => _events.Gateway;

    public async ValueTask InitializeAsync() => _events = await EventsGateway.StartAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task Events_AreListedAndShown()
    {
        Assert.Equal((ExitCodes.Success, "There are no such events."), await RunAsync("events", "list"));
        string key = await _events.KeyAsync("acme");
        (_, JsonElement body) = await _events.PublishAsync(key, EventsGateway.Event("7", ",\"subject\":\"ord_1\""));
        await _events.PublishAsync(key, EventsGateway.Event("8", type: "user.created"));
        string id = body.GetProperty("events")[0].GetProperty("id").GetString()!;

        (int exitCode, string list) = await RunAsync("events", "list", "--type", "order.*", "--tenant", "acme");
        string[] lines = list.Split('\n');
        Assert.Equal((ExitCodes.Success, 2), (exitCode, lines.Length));
        Assert.Matches($"^1 +20.*Z +order.created +order ord_1 +acme +/orders +7 +{id}$", lines[1]);
        JsonElement page = JsonSerializer.Deserialize<JsonElement>((await RunAsync("events", "list", "--after", "1", "--format", "json")).Output);
        Assert.Equal("user.created", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("type").GetString());
        Assert.Equal(ExitCodes.Usage, (await RunAsync("events", "list", "--type", "*.created")).ExitCode);

        JsonElement shown = JsonSerializer.Deserialize<JsonElement>((await RunAsync("events", "show", id)).Output);
        Assert.Equal((id, "7", 1), (shown.GetProperty("id").GetString(), shown.GetProperty("producerid").GetString(), shown.GetProperty("data").GetProperty("n").GetInt32()));
        Assert.Equal(ExitCodes.Failure, (await RunAsync("events", "show", "none")).ExitCode);
    }

    [Fact]
    public async Task Subscription_IsListed_AndReplayed()
    {
        Assert.Equal((ExitCodes.Success, "The store knows no subscriptions."), await RunAsync("events", "subscriptions"));
        await LeftLetter.MakeAsync(Gateway);
        (_, string list) = await RunAsync("events", "subscriptions");
        Assert.Matches("\nread-model +1 +0 +- +0 +1 +-$", list);
        Assert.Equal((ExitCodes.Success, "read-model goes on after offset 0"), await RunAsync("events", "replay", "read-model", "--after", "0"));
        Assert.Matches("\nread-model +0 +1 +20.*Z +0 +1 +-$", (await RunAsync("events", "subscriptions")).Output);
        Assert.Equal(ExitCodes.Failure, (await RunAsync("events", "replay", "none", "--after", "0")).ExitCode);
        (int exitCode, string refused) = await RunAsync("events", "replay", "read-model", "--after", "7");
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains("The log does not reach offset 7", refused, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("events", "replay", "read-model", "--after", "-1")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("events", "replay", "read-model")).ExitCode);
    }

    // From the list to the reason to the end of the matter, by the commands alone.
    [Fact]
    public async Task DeadLetter_IsListedShownRetriedAndDropped()
    {
        Assert.Equal((ExitCodes.Success, "There are no dead letters."), await RunAsync("deadletters", "list"));
        DeadLetter letter = await LeftLetter.MakeAsync(Gateway);
        Assert.Matches($"\n{letter.Id} +read-model +20.*Z +1 +order.created +order ord_1 +acme +the customer is not known$", (await RunAsync("deadletters", "list", "--subscription", "read-model")).Output);
        Assert.Equal("There are no dead letters.", (await RunAsync("deadletters", "list", "--subscription", "other")).Output);

        (_, string shown) = await RunAsync("deadletters", "show", letter.Id);
        Assert.StartsWith("read-model could not take order.created of order ord_1 (tenant acme)\n  why       the customer is not known\n", shown, StringComparison.Ordinal);
        Assert.Contains($"headgate events show {letter.EventId}", shown, StringComparison.Ordinal);

        Assert.Equal((ExitCodes.Success, $"{letter.Id} is tried again: order.created of order ord_1, for read-model"), await RunAsync("deadletters", "retry", letter.Id));
        Assert.Contains("it is about to be tried again", (await RunAsync("deadletters", "show", letter.Id)).Output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Success, $"{letter.Id} is dropped: order.created of order ord_1, for read-model"), await RunAsync("deadletters", "drop", letter.Id));
        foreach (string word in new[] { "show", "retry", "drop" })
            Assert.Equal(ExitCodes.Failure, (await RunAsync("deadletters", word, letter.Id)).ExitCode);
        Assert.Equal("[]", (await RunAsync("deadletters", "list", "--format", "json")).Output);
    }

    // What a consumer says of an event is what somebody outside put into it: it must not steer the terminal of who looks.
    [Fact]
    public async Task DeadLetter_IsTold_WithoutWhatSteersATerminal_AndAsJson()
    {
        DeadLetter letter = await LeftLetter.MakeAsync(Gateway, error: "\e[2Jgone\r\nheadgate: all is well");
        Assert.Contains("  why        [2Jgone  headgate: all is well\n", (await RunAsync("deadletters", "show", letter.Id)).Output, StringComparison.Ordinal);
        JsonElement retried = JsonSerializer.Deserialize<JsonElement>((await RunAsync("deadletters", "retry", letter.Id, "--format", "json")).Output);
        JsonElement dropped = JsonSerializer.Deserialize<JsonElement>((await RunAsync("deadletters", "drop", letter.Id, "--format", "json")).Output);

        Assert.Equal((letter.Id, letter.Id), (retried[0].GetProperty("id").GetString(), dropped[0].GetProperty("id").GetString()));
        Assert.True(retried[0].GetProperty("isRetried").GetBoolean());
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(Gateway, arguments);
        return (exitCode, output.TrimEnd().ReplaceLineEndings("\n"));
    }
}
