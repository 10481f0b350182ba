using System.CommandLine;
using System.Text.Json;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate events show</c>.</summary>
internal static class EventsShowCommand
{
    public static Command Create(CommandConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The log's id of the event." };
        var command = new Command("show", "Show one event with its data, as a CloudEvent in JSON.") { id };
        InstanceOptions instance = InstanceOptions.AddTo(command, hasFormat: false);
        CommandExamples.Set(command, """
              headgate events show 019235a6f8d57c3e9d0b4a1c2e3f4a5b

            Data may hold what is confidential. Exit codes: 0 shown, 1 there is no such event, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), result.GetValue(id)!, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, string id, CancellationToken cancellationToken)
    {
        AdminReply<JsonDocument> reply = await AdminClient.AskAsync(target, HttpMethod.Get, $"/admin/v1/events/{Uri.EscapeDataString(id)}", null, ReportJson.Readable.JsonDocument, cancellationToken);
        using JsonDocument? shown = reply.Value;
        if (shown is not null)
            Write(target.Console, shown);
        return reply.ExitCode;
    }

    private static void Write(CommandConsole console, JsonDocument shown)
    {
        try
        {
            console.WriteJson(shown, ReportJson.Readable.JsonDocument);
        }
        catch (JsonException)
        {
            // Data of which no text can be made, half a surrogate pair: they are shown as they came.
            console.Output.WriteLine(shown.RootElement.GetRawText());
        }
    }
}
