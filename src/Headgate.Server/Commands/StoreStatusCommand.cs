using System.CommandLine;
using Headgate.OpenApi.Values;
using Headgate.Server.Reporting;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Commands;

/// <summary><c>headgate store status</c>: what a store is found to be. Changes nothing.</summary>
internal static class StoreStatusCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("status", "Show the store: engine, size, and which migrations ran or are pending. Changes nothing.");
        StoreArguments arguments = StoreArguments.AddTo(command);
        Option<OutputFormat> format = CommonOptions.Format();
        command.Options.Add(format);
        CommandExamples.Set(command, """
              headgate store status
              headgate store status --store /var/lib/headgate/headgate.db --format json

            Exit codes: 0 the store is as this version wants it, 1 it is not (there is none yet, migrations are pending, a newer version made
            it), 2 wrong arguments, or it cannot be read.
            """);
        command.SetAction((result, cancellationToken) => StoreCommand.RunAsync(arguments, result, console, location => ShowAsync(location, result.GetValue(format), console, cancellationToken)));
        return command;
    }

    private static async Task<int> ShowAsync(StoreLocation location, OutputFormat format, CommandConsole console, CancellationToken cancellationToken)
    {
        await using Store store = BuiltIn.CreateStore(location, NullLogger.Instance, TimeProvider.System);
        StoreStatusReport report = StoreStatusReport.Of(location, await store.InspectAsync(cancellationToken));
        if (format == OutputFormat.Json)
            console.WriteJson(report, ReportJson.Readable.StoreStatusReport);
        else
            Write(report, console);
        return report.IsCurrent ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Write(StoreStatusReport report, CommandConsole console)
    {
        TextWriter output = console.Output;
        if (!report.Exists)
        {
            output.WriteLine($"There is no store at {report.Place} yet: headgate run makes it, or headgate store migrate.");
            return;
        }

        output.WriteLine($"{report.Engine} at {report.Place}");
        output.WriteLine($"  size     {new ByteSize(report.SizeBytes)}");
        output.WriteLine($"  durable  {(report.Durable ? "yes" : console.Red("no: the server runs with fsync off"))}");
        foreach (MigrationReport migration in report.Applied)
            output.WriteLine($"  applied  {migration.Feature}/{migration.Version} {migration.Name}, {migration.AppliedAt:u}");
        foreach (string migration in report.Pending)
            output.WriteLine($"  pending  {console.Yellow(migration)}");
        if (report.Refusal is not null)
            output.WriteLine($"  refused  {console.Red(report.Refusal)}");
    }
}
