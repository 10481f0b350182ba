using System.CommandLine;
using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate keys list</c>: the keys there are, without their secrets.</summary>
internal static class KeysListCommand
{
    private const int PageSize = 1000;

    public static Command Create(CommandConsole console)
    {
        var tenant = new Option<string?>("--tenant") { Description = "Only keys of this tenant.", HelpName = "TENANT" };
        var owner = new Option<string?>("--owner") { Description = "Only keys of this owner.", HelpName = "USER" };
        var all = new Option<bool>("--all") { Description = "Expired and revoked keys too; they are kept for 90 days." };
        var limit = new Option<int>("--limit") { Description = "The most keys that are listed.", HelpName = "N", DefaultValueFactory = _ => PageSize };
        var command = new Command("list", "List API keys in the order in which they were made, without their secrets.") { tenant, owner, all, limit };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate keys list
              headgate keys list --tenant acme --all
              headgate keys list --format json | jq -r '.items[] | select(.lastUsedAt == null) | .id'

            Exit codes: 0 listed, 2 wrong arguments or no instance.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            string query = $"{Filter("tenant", result.GetValue(tenant))}{Filter("owner", result.GetValue(owner))}{(result.GetValue(all) ? "&all=true" : "")}";
            AdminReply<PageReport<KeyReport>> reply = await ReadAsync(query, result.GetValue(limit), instance.Target(result, console), cancellationToken);
            return reply.Print(console, instance.WantsJson(result), ReportJson.Readable.PageReportKeyReport, keys => Write(keys, console));
        });
        return command;
    }

    private static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static async Task<AdminReply<PageReport<KeyReport>>> ReadAsync(string query, int limit, AdminTarget target, CancellationToken cancellationToken)
    {
        var keys = new List<KeyReport>();
        string? next = null;
        do
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"/admin/v1/keys?limit={Math.Min(PageSize, limit - keys.Count)}{Filter("cursor", next)}{query}");
            AdminReply<PageReport<KeyReport>> reply = await AdminClient.AskAsync(target, HttpMethod.Get, path, null, ReportJson.Readable.PageReportKeyReport, cancellationToken);
            if (reply.Value is not { } page)
                return reply;
            keys.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null && keys.Count < limit);
        return new AdminReply<PageReport<KeyReport>>(new PageReport<KeyReport>(keys, next), ExitCodes.Success);
    }

    private static void Write(PageReport<KeyReport> keys, CommandConsole console)
    {
        if (keys.Items.Count == 0)
        {
            console.Output.WriteLine("There are no such keys.");
            return;
        }

        string[] head = ["ID", "NAME", "OWNER", "TENANT", "SCOPES", "STATE", "ENDS", "LAST USED"];
        TextTable.Write(console.Output, [head, .. keys.Items.Select(Row)]);
        if (keys.Next is not null)
            console.Error.WriteLine("There are more: --limit shows them.");
    }

    private static string[] Row(KeyReport key) =>
    [
        key.Id, key.Name, key.Owner ?? "-", key.Tenant ?? "-", key.Scopes.Count == 0 ? "-" : string.Join(' ', key.Scopes), key.State, Time(key.RevokedAt ?? key.ExpiresAt, "never"), Time(key.LastUsedAt, "never"),
    ];

    private static string Time(DateTimeOffset? time, string none) => time?.ToString("u", CultureInfo.InvariantCulture) ?? none;
}
