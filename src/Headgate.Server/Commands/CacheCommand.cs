using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary><c>headgate cache</c>: looks into the cache of a running instance, and takes out of it.</summary>
internal static class CacheCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("cache", "Look into the cache of the running instance, and take stored answers out of it.") { CacheShowCommand.Create(console), CachePurgeCommand.Create(console) };
        CommandExamples.Set(command, """
              headgate cache show --prefix /products
              headgate cache purge --tag catalogue

            Each instance has a cache of its own.
            """);
        return command;
    }
}
