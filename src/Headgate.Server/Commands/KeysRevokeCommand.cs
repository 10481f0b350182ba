using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate keys revoke</c>: takes a key back.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> key = KeysCommand.Key();
        var command = new Command("revoke", "Take an API key back, with all its secrets: at once in the instance that is asked, within 2 s in those that share its store.") { key };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate keys revoke 7k2m9x0q4b1z
              headgate keys revoke hgk_7k2m9x0q4b1z_4fR…   (a key that was found somewhere; only its id is sent)

            It cannot be undone. Exit codes: 0 revoked, now or before; 1 there is no such key; 2 wrong arguments or no instance.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            string path = KeysCommand.PathOf(result.GetValue(key)!) + "/revoke";
            AdminReply<KeyReport> reply = await AdminClient.AskAsync(instance.Target(result, console), HttpMethod.Post, path, null, ReportJson.Readable.KeyReport, cancellationToken);
            return reply.Print(console, instance.WantsJson(result), ReportJson.Readable.KeyReport, key => console.Output.WriteLine($"Key {key.Id} ({key.Name}) is revoked since {key.RevokedAt:u}"));
        });
        return command;
    }
}
