using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate keys rotate</c>: gives a key another secret and shows it, once.</summary>
internal static class KeysRotateCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> key = KeysCommand.Key();
        var overlap = new Option<string?>("--overlap") { Description = "How long the present secret is accepted beside the new one, at most 90d; 0s for not at all. Default: 24h.", HelpName = "DURATION" };
        var command = new Command("rotate", "Give an API key another secret. Id, scopes and limits stay; the key alone goes to standard output, this once.") { key, overlap };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate keys rotate 7k2m9x0q4b1z
              headgate keys rotate hgk_7k2m9x0q4b1z --overlap 7d
              headgate keys rotate 7k2m9x0q4b1z --overlap 0s

            At most two secrets are accepted at once: rotating again ends the older of them. A key that leaked is revoked, not rotated.
            Exit codes: 0 rotated, 1 there is no such key or it has ended, 2 wrong arguments or no instance.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            using HttpContent body = AdminClient.Body(new RotateKeyRequest(result.GetValue(overlap)), ReportJson.Readable.RotateKeyRequest);
            string path = KeysCommand.PathOf(result.GetValue(key)!) + "/rotate";
            AdminReply<IssuedKeyReport> reply = await AdminClient.AskAsync(instance.Target(result, console), HttpMethod.Post, path, body, ReportJson.Readable.IssuedKeyReport, cancellationToken);
            if (reply.Value is { Key: var rotated } issued)
                KeysCommand.Write(issued, instance.WantsJson(result), $"Key {rotated.Id} has another secret{(rotated.PreviousUntil is { } until ? $"; the one before is accepted until {until:u}" : "")}.", console);
            return reply.ExitCode;
        });
        return command;
    }
}
