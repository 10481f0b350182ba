using System.CommandLine;
using Headgate.OpenApi.Values;
using Headgate.Server.Reporting;
using Headgate.Storage;
using Headgate.Storage.Sqlite;

namespace Headgate.Server.Commands;

/// <summary><c>headgate store backup</c>: copies a store in a file, while it is in use.</summary>
internal static class StoreBackupCommand
{
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write." };
        var force = new Option<bool>("--force") { Description = "Replace a file of that name." };
        var command = new Command("backup", "Copy a store in an SQLite file, while an instance uses it, as it is at this moment.") { file, force };
        StoreArguments arguments = StoreArguments.AddTo(command);
        Option<OutputFormat> format = CommonOptions.Format();
        command.Options.Add(format);
        CommandExamples.Set(command, """
              headgate store backup headgate-monday.db
              headgate store backup /backups/headgate.db --force --data /var/lib/headgate

            To restore it: stop the instance, put the copy in the place of the store, delete the store's -wal and -shm files, start the instance.

            Exit codes: 0 the copy is complete and on the disk, 2 it could not be made.
            """);
        command.SetAction((result, _) => StoreCommand.RunAsync(arguments, result, console, location =>
            Task.FromResult(Back(location, Path.GetFullPath(result.GetValue(file)!), result.GetValue(force), result.GetValue(format), console))));
        return command;
    }

    private static int Back(StoreLocation location, string file, bool force, OutputFormat format, CommandConsole console)
    {
        if (location.Engine == StoreEngine.PostgreSql)
            return console.Refuse($"The store {location} is on a server, which has its own tools. Back it up with pg_dump --format custom --file {file} --dbname {location}");
        if (file == location.Path)
            return console.Refuse($"{file} is the store itself. Choose another file for the copy.");
        if (Directory.Exists(file))
            return console.Refuse($"{file} is a directory. Name a file.");
        if (File.Exists(file) && !force)
            return console.Refuse($"{file} exists already. Choose another file, or replace it with --force.");
        var report = new StoreBackupReport(location.ToString(), file, SqliteBackup.Write(location, file));
        if (format == OutputFormat.Json)
            console.WriteJson(report, ReportJson.Readable.StoreBackupReport);
        else
            console.Output.WriteLine($"{report.Place} is copied to {report.File}, {new ByteSize(report.SizeBytes)}");
        return ExitCodes.Success;
    }
}
