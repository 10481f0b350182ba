using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("version", "Print the version of this program and of what it runs on.") { format };
        command.SetAction(result =>
        {
            VersionReport version = VersionReport.Current;
            if (result.GetValue(format) == OutputFormat.Json)
                console.WriteJson(version, ReportJson.Readable.VersionReport);
            else
                console.Output.WriteLine($"headgate {version.Version} ({version.Runtime}, {version.Platform})");
            return ExitCodes.Success;
        });
        return command;
    }
}
