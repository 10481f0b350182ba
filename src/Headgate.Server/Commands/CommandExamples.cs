using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Headgate.Server.Commands;

/// <summary><c>--help</c> with examples and notes under the library's own text, which has no place for them.</summary>
internal sealed class CommandExamples : SynchronousCommandLineAction
{
    private static readonly ConditionalWeakTable<Command, string> s_texts = [];

    private readonly HelpAction _help;
    private readonly CommandConsole _console;

    private CommandExamples(HelpAction help, CommandConsole console) => (_help, _console) = (help, console);

    /// <summary>Gives a command its examples.</summary>
    public static void Set(Command command, string text) => s_texts.Add(command, text);

    /// <summary>Has the program's help print them.</summary>
    public static void Install(RootCommand root, CommandConsole console)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new CommandExamples((HelpAction)option.Action!, console);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = _help.Invoke(parseResult);
        if (s_texts.TryGetValue(parseResult.CommandResult.Command, out string? text))
            _console.Output.WriteLine($"Examples:\n{text}\n");
        return exitCode;
    }
}
