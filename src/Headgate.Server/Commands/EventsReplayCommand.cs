using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate events replay</c>: the log once more, for a subscription, for whoever reads standard output, or for a URL.</summary>
internal static class EventsReplayCommand
{
    public static Command Create(CommandConsole console)
    {
        var subscription = new Argument<string?>("SUBSCRIPTION") { Description = "The subscription that takes it, as headgate events subscriptions lists it. Without it: standard output, or the URL of --to.", Arity = ArgumentArity.ZeroOrOne };
        var after = new Option<long>("--after") { Description = "The offset after which it goes on; 0 for the very beginning.", HelpName = "OFFSET", Required = true };
        var to = new Option<Uri?>("--to") { Description = "Where events are posted, in batches of CloudEvents, each once the one before is answered with 2xx.", HelpName = "URL", CustomParser = EventReceiver.ReadUrl };
        var headers = new Option<string[]>("--header", "-H") { Description = "A header field of these requests. May be given several times.", HelpName = "NAME: VALUE" };
        var type = new Option<string?>("--type") { Description = "Types, separated by commas; order.* for all that begin alike.", HelpName = "PATTERN" };
        var tenant = new Option<string?>("--tenant") { Description = "The events of one tenant.", HelpName = "TENANT" };
        var command = new Command("replay", "Give the log once more, from an offset on: to a subscription, which goes on there wherever it is; or the events that are there now to standard output, one CloudEvent in JSON a line, or to a URL.")
        {
            subscription, after, to, headers, type, tenant,
        };
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: false);
        CommandExamples.Set(command, """
              headgate events replay read-model --after 0
              headgate events replay --after 0 --type 'order.*' > orders.jsonl
              headgate events replay --after 1200 --to http://127.0.0.1:9100/events -H "Authorization: Bearer $TOKEN"

            Data may hold what is confidential. Exit codes: 0 done, 1 there is no such subscription, or the URL did not take an event: what it has taken, and where to
            go on, is said; 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            AdminTarget target = instance.Target(result, console);
            Uri? url = result.GetValue(to);
            var replay = new EventReplay(target, result.GetValue(after), result.GetValue(type), result.GetValue(tenant));
            if (result.GetValue(subscription) is { } name)
                return IsPlain(result, to, headers, type, tenant) ? await ReplayAsync(target, name, result.GetValue(after), cancellationToken) : console.Refuse("A subscription says itself what it takes: --to, --header, --type and --tenant are for a replay without one.");
            if (url is null)
                return result.GetResult(headers) is null ? await replay.ToOutputAsync(cancellationToken) : console.Refuse("--header is for --to.");
            using EventReceiver? receiver = EventReceiver.Create(url, result.GetValue(headers) ?? [], console);
            return receiver is null ? ExitCodes.Usage : await replay.ToUrlAsync(receiver, cancellationToken);
        });
        return command;
    }

    private static bool IsPlain(ParseResult result, params Option[] others) => others.All(option => result.GetResult(option) is null);

    private static async Task<int> ReplayAsync(AdminTarget target, string subscription, long after, CancellationToken cancellationToken)
    {
        int exitCode = await AdminClient.TellAsync(
            target, HttpMethod.Post, $"/admin/v1/event-subscriptions/{Uri.EscapeDataString(subscription)}/replay", AdminClient.Body(new ReplayBody(after), ReportJson.Readable.ReplayBody), cancellationToken);
        if (exitCode == ExitCodes.Success)
            target.Console.Output.WriteLine($"{subscription} goes on after offset {after}");
        return exitCode;
    }
}
