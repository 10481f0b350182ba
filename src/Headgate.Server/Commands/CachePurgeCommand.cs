using System.CommandLine;
using Headgate.Server.Admin;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate cache purge</c>: takes stored answers out.</summary>
internal static class CachePurgeCommand
{
    public static Command Create(CommandConsole console)
    {
        var path = new Option<string?>("--path") { Description = "What is stored for one path, with its query where it has one; of all callers, tenants and variants.", HelpName = "PATH" };
        var prefix = new Option<string?>("--prefix") { Description = "All whose path begins so.", HelpName = "PATH" };
        var tag = new Option<string?>("--tag") { Description = "All that carry a name: of Surrogate-Key, Cache-Tag or the document's tags.", HelpName = "NAME" };
        var all = new Option<bool>("--all") { Description = "Everything." };
        var command = new Command("purge", "Take stored answers out of the running instance. Name them in one way.") { path, prefix, tag, all };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate cache purge --path '/products?page=2'
              headgate cache purge --prefix /products/
              headgate cache purge --tag catalogue

            What is on its way from a service while a purge comes is not stored either. Exit codes: 0 purged, 2 wrong arguments or no instance.
            """);
        command.Validators.Add(result =>
        {
            int ways = new[] { result.GetValue(path), result.GetValue(prefix), result.GetValue(tag) }.Count(way => way is not null) + (result.GetValue(all) ? 1 : 0);
            if (ways != 1)
                result.AddError("Name what is to go in one way: --path, --prefix, --tag or --all.");
        });
        command.SetAction((result, cancellationToken) => PurgeAsync(
            instance.Target(result, console),
            instance.WantsJson(result),
            new PurgeRequest { Path = result.GetValue(path), Prefix = result.GetValue(prefix), Tag = result.GetValue(tag), All = result.GetValue(all) ? true : null },
            cancellationToken));
        return command;
    }

    private static async Task<int> PurgeAsync(AdminTarget target, bool json, PurgeRequest request, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(request, ReportJson.Readable.PurgeRequest);
        AdminReply<PurgeReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, "/admin/v1/cache/purge", body, ReportJson.Readable.PurgeReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.PurgeReport, report => target.Console.Output.WriteLine(report.Purged == 1 ? "1 answer is gone." : $"{report.Purged} answers are gone."));
    }
}
