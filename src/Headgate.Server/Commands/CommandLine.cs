using System.CommandLine;
using System.CommandLine.Invocation;

namespace Headgate.Server.Commands;

/// <summary>Reads the arguments and runs what they ask for.</summary>
internal static class CommandLine
{
    /// <summary>The program from arguments to exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandConsole console, CancellationToken cancellationToken)
    {
        ParseResult parsed = RootCommandFactory.Create(console).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

        // The commands handle signals themselves: a drain takes longer than the library would wait.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, Output = console.Output, Error = console.Error };
        int exitCode = await parsed.InvokeAsync(configuration, cancellationToken);

        // The library gives 1 for arguments that it does not understand; help that was asked for is no such case.
        return parsed.Action is ParseErrorAction ? ExitCodes.Usage : exitCode;
    }
}
