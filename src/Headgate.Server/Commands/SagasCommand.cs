using System.CommandLine;
using Headgate.Integration.Sagas;

namespace Headgate.Server.Commands;

/// <summary><c>headgate sagas</c>: the commands of operations, for sagas alone.</summary>
internal static class SagasCommand
{
    public static Command Create(CommandConsole console)
    {
        Command command = OperationsCommand.Group("sagas", "Sagas of every tenant: how they stand, step by step, and what is to be done about those that are stuck.", SagaRegistry.Kind, console);
        CommandExamples.Set(command, """
              headgate sagas list --attention
              headgate sagas explain op_019235a6f8d57c3e9d0b4a1c2e3f4a5b
              headgate sagas retry op_019235a6f8d57c3e9d0b4a1c2e3f4a5b
              headgate sagas resolve op_019235a6f8d57c3e9d0b4a1c2e3f4a5b --note "refunded by hand"
            """);
        return command;
    }
}
