using System.CommandLine;
using Headgate.Storage;

namespace Headgate.Server.Commands;

/// <summary><c>headgate store</c>: looks after the place where state is kept.</summary>
internal static class StoreCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("store", "Look after the store, in which state is kept: show it, bring its tables up to date, back it up.")
        {
            StoreStatusCommand.Create(console),
            StoreMigrateCommand.Create(console),
            StoreBackupCommand.Create(console),
        };
        CommandExamples.Set(command, """
              headgate store status
              headgate store backup headgate-monday.db
              HEADGATE__STORE=postgres://gate:secret@db.internal/gate headgate store migrate
            """);
        return command;
    }

    /// <summary>Runs a command on the store that the arguments name, and says on one line why it cannot.</summary>
    public static async Task<int> RunAsync(StoreArguments arguments, ParseResult result, CommandConsole console, Func<StoreLocation, Task<int>> work)
    {
        if (arguments.Read(result, console) is not { } location)
            return ExitCodes.Usage;
        try
        {
            return await work(location);
        }
        catch (StoreException exception)
        {
            return console.Refuse(exception.Message);
        }
    }
}
