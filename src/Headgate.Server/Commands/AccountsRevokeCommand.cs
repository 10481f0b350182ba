using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate accounts revoke</c>: ends a service account and its tokens.</summary>
internal static class AccountsRevokeCommand
{
    public static Command Create(CommandConsole console)
    {
        var clientId = new Argument<string>("CLIENT-ID") { Description = "The account's id." };
        var command = new Command("revoke", "Revoke a service account for good: it gets no more tokens, and those that it has hold no longer.") { clientId };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate accounts revoke svc_019aca5a4c3a7e2d8f30c1b2a3948576

            Other instances on the same store refuse its tokens within 5 s. Exit codes: 0 revoked, 1 there is no such account, 2 no instance is
            reached.
            """);
        command.SetAction((result, cancellationToken) => RevokeAsync(instance.Target(result, console), result.GetValue(clientId)!, instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> RevokeAsync(AdminTarget target, string clientId, bool json, CancellationToken cancellationToken)
    {
        AdminReply<ServiceAccountReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, AccountText.PathOf(clientId) + "/revoke", null, ReportJson.Readable.ServiceAccountReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.ServiceAccountReport, account => target.Console.Output.WriteLine($"The service account {account.Name} ({account.ClientId}) is revoked since {account.Revoked:u}."));
    }
}
