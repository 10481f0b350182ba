using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate status</c>: how a running instance stands.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("status", "Show how the running instance stands: what it serves, the last reload, and every error and warning of its documents.");
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate status
              headgate status --data /var/lib/headgate --format json

            Exit codes: 0 every document serves its latest version, 1 one does not, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, CancellationToken cancellationToken)
    {
        AdminReply<StatusReport> reply = await AdminClient.AskAsync(target, HttpMethod.Get, "/admin/v1/status", null, ReportJson.Readable.StatusReport, cancellationToken);
        return reply.Print(
            target.Console, json, ReportJson.Readable.StatusReport, status => Write(status, target.Console), isGood: status => status.Documents.All(document => document.State == "serving"));
    }

    private static void Write(StatusReport status, CommandConsole console)
    {
        TextWriter output = console.Output;
        output.WriteLine($"headgate {status.Version} (process {status.ProcessId}) is {status.State}, started {status.StartedAt:u}");
        output.WriteLine($"  listens  {string.Join("  ", status.Listen)}");
        output.WriteLine($"  plan     {status.Generation} ({status.ReloadsSucceeded} reloads without errors, {status.ReloadsFailed} with)");
        foreach (PastReload reload in status.Reloads)
            output.WriteLine($"  reload   {StatusText.Of(reload, console)}");
        output.WriteLine($"  traffic  {(status.Drain.Draining ? console.Yellow(StatusText.Of(status.Drain)) : StatusText.Of(status.Drain))}");
        foreach (LogLevelReport level in status.LogLevels)
            output.WriteLine($"  log      {level.Category} at {level.Level} until {level.Until:u}");
        output.WriteLine($"  store    {(status.Store.Healthy ? $"{status.Store.Place} is healthy" : console.Red(status.Store.Problem!))}");
        if (status.Work is { } work && (work.UnderWay > 0 || work.Trouble is not null))
            output.WriteLine($"  work     {work.UnderWay} operations under way, {work.Running} of them here{(work.Trouble is { } trouble ? console.Red($"; {trouble}") : "")}");
        foreach (string fault in status.Faults)
            output.WriteLine($"  fault    {console.Red($"{fault}: it was begun again, and the log says why")}");
        foreach (BuiltInReport builtIn in status.BuiltIns)
            output.WriteLine($"  own      {builtIn}");
        output.WriteLine($"  roles    change {status.Roles.Version} of the store, read {status.Roles.ReadAt:u}");
        StatusText.Write(status.Services, console);
        foreach (DeprecatedReport operation in status.Deprecated)
            output.WriteLine($"  old      {StatusText.Of(operation)}");
        DocumentText.Write(status.Documents, console);
    }
}
