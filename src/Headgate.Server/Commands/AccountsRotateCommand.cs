using System.CommandLine;
using Headgate.OpenApi.Values;
using Headgate.Server.Admin;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate accounts rotate</c>: gives a service account a new secret.</summary>
internal static class AccountsRotateCommand
{
    public static Command Create(CommandConsole console)
    {
        var clientId = new Argument<string>("CLIENT-ID") { Description = "The account's id." };
        var overlap = new Option<string>("--overlap") { Description = "How long the secret so far holds beside the new one; 0 ends it at once.", HelpName = "DURATION", DefaultValueFactory = _ => "24h" };
        var command = new Command("rotate", "Give a service account a new secret, shown once. The one so far holds for the overlap; one from before that ends at once.") { clientId, overlap };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate accounts rotate svc_019aca5a4c3a7e2d8f30c1b2a3948576
              headgate accounts rotate svc_019aca5a4c3a7e2d8f30c1b2a3948576 --overlap 0

            Exit codes: 0 done, 1 there is no such account or it is revoked, 2 wrong arguments or no instance.
            """);
        command.SetAction((result, cancellationToken) => Duration.TryParse(result.GetValue(overlap)!, out Duration duration)
            ? RotateAsync(instance.Target(result, console), result.GetValue(clientId)!, duration.Value, instance.WantsJson(result), cancellationToken)
            : Task.FromResult(console.Refuse($"--overlap: '{result.GetValue(overlap)}' is not a duration; write a number with s, m, h or d, for example 24h.")));
        return command;
    }

    private static async Task<int> RotateAsync(AdminTarget target, string clientId, TimeSpan overlap, bool json, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(new RotateServiceAccountRequest((long)overlap.TotalSeconds), ReportJson.Readable.RotateServiceAccountRequest);
        AdminReply<IssuedSecretReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, AccountText.PathOf(clientId) + "/rotate", body, ReportJson.Readable.IssuedSecretReport, cancellationToken);
        if (reply.Value is { } issued)
        {
            string until = issued.Account.PreviousSecretUntil is { } end ? $"holds until {end:u}" : "holds no longer";
            AccountText.Write(issued, $"The service account {issued.Account.Name} has a new secret, shown this once; the one so far {until}:", json, target.Console);
        }

        return reply.ExitCode;
    }
}
