using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate operations</c>: long work of a running instance's store.</summary>
internal static class OperationsCommand
{
    public static Command Create(CommandConsole console)
    {
        Command command = Group("operations", "Long work of every tenant: how it stands, why, and what is to be done about what is stuck.", onlyKind: null, console);
        CommandExamples.Set(command, """
              headgate operations list --attention
              headgate operations list --state pending,in_progress
              headgate operations explain op_019235a6f8d57c3e9d0b4a1c2e3f4a5b
              headgate operations retry op_019235a6f8d57c3e9d0b4a1c2e3f4a5b
              headgate operations resolve op_019235a6f8d57c3e9d0b4a1c2e3f4a5b --note "refunded by hand"
            """);
        return command;
    }

    /// <summary>Makes the group of commands, for one kind of operations or for all.</summary>
    public static Command Group(string name, string description, string? onlyKind, CommandConsole console) => new(name, description)
    {
        OperationsListCommand.Create(console, onlyKind),
        OperationsShowCommand.Create(console),
        OperationsExplainCommand.Create(console),
        OperationsLogsCommand.Create(console),
        OperationsChangeCommand.CreateCancel(console),
        OperationsChangeCommand.CreateRetry(console),
        OperationsChangeCommand.CreateResolve(console),
    };

    /// <summary>Where the admin API has an operation.</summary>
    public static string PathOf(string id) => $"/admin/v1/operations/{Uri.EscapeDataString(id)}";

    /// <summary>Asks for something that is answered with one operation.</summary>
    public static Task<AdminReply<OperationReport>> AskAsync(AdminTarget target, HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken) =>
        AdminClient.AskAsync(target, method, path, body, ReportJson.Readable.OperationReport, cancellationToken);
}
