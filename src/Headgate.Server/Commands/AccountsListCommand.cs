using System.CommandLine;
using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate accounts list</c>: who may get tokens, and who no longer.</summary>
internal static class AccountsListCommand
{
    private const string None = "-";

    private static readonly string[] s_columns = ["CLIENT ID", "NAME", "STATE", "TENANT", "SCOPES", "LAST USED", "EXPIRES"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("list", "List the service accounts, those that were revoked too, in the order in which they were made.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate accounts list
              headgate accounts list --format json

            Secrets are not known to anybody but their owners. Exit codes: 0 listed, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ListAsync(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(AdminTarget target, bool json, CancellationToken cancellationToken)
    {
        AdminReply<IReadOnlyList<ServiceAccountReport>> reply = await AdminClient.ListAsync(target, AccountText.Path + "?", ReportJson.Readable.PageReportServiceAccountReport, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListServiceAccountReport, "There are no service accounts: headgate accounts create NAME makes one.", s_columns, Row);
    }

    private static string[] Row(ServiceAccountReport account) =>
    [
        account.ClientId,
        account.Name,
        account.State,
        account.Tenant ?? None,
        account.Scopes.Count == 0 ? None : string.Join(' ', account.Scopes),
        Text(account.LastUsed),
        Text(account.Expires),
    ];

    private static string Text(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? None;
}
