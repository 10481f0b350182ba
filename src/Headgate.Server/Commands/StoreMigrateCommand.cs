using System.CommandLine;
using Headgate.Server.Reporting;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Commands;

/// <summary><c>headgate store migrate</c>: brings the tables of a store up to date without starting an instance.</summary>
internal static class StoreMigrateCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("migrate", "Bring the store's tables up to date, all pending migrations or none. headgate run does the same at its start.");
        StoreArguments arguments = StoreArguments.AddTo(command);
        Option<OutputFormat> format = CommonOptions.Format();
        command.Options.Add(format);
        CommandExamples.Set(command, """
              headgate store migrate
              HEADGATE__STORE=postgres://gate:secret@db.internal/gate headgate store migrate --format json

            Exit codes: 0 the store is up to date, 2 wrong arguments, or it cannot be brought up to date (nothing was changed then).
            """);
        command.SetAction((result, cancellationToken) => StoreCommand.RunAsync(arguments, result, console, location => MigrateAsync(location, result.GetValue(format), console, cancellationToken)));
        return command;
    }

    private static async Task<int> MigrateAsync(StoreLocation location, OutputFormat format, CommandConsole console, CancellationToken cancellationToken)
    {
        await using Store store = BuiltIn.CreateStore(location, NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(cancellationToken);
        var report = new StoreMigrateReport(location.ToString(), [.. store.Applied.Select(MigrationReport.Of)]);
        if (format == OutputFormat.Json)
        {
            console.WriteJson(report, ReportJson.Readable.StoreMigrateReport);
            return ExitCodes.Success;
        }

        foreach (MigrationReport migration in report.Applied)
            console.Output.WriteLine($"applied {migration.Feature}/{migration.Version} {migration.Name}");
        console.Output.WriteLine($"{report.Place} is up to date{(report.Applied.Count == 0 ? " already" : "")}");
        return ExitCodes.Success;
    }
}
