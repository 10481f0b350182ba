using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Headgate.Server.Commands;

/// <summary>Where commands write. Results go to standard output, everything else to standard error.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="colours">Whether the reader is a terminal that wants colours.</param>
internal sealed class CommandConsole(TextWriter output, TextWriter error, bool colours)
{
    private const string Reset = "\e[0m";

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Whether standard error is read by somebody at a terminal, and kept nowhere.</summary>
    public bool HasReader { get; init; }

    /// <summary>The columns and lines of the terminal on which a place can be written again, as it is now; null where standard output is none.</summary>
    public Func<(int Columns, int Lines)>? Terminal { get; init; }

    /// <summary>The console of this process.</summary>
    public static CommandConsole OfProcess()
    {
        // https://no-color.org: any value that is not empty.
        bool wanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CommandConsole(Console.Out, Console.Error, wanted && !Console.IsOutputRedirected)
        {
            HasReader = !Console.IsErrorRedirected,
            Terminal = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb" ? null : () => (Console.WindowWidth, Console.WindowHeight),
        };
    }

    public string Red(string text) => Colour("\e[31m", text);

    public string Yellow(string text) => Colour("\e[33m", text);

    public string Green(string text) => Colour("\e[32m", text);

    public string Bold(string text) => Colour("\e[1m", text);

    public string Dim(string text) => Colour("\e[2m", text);

    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => output.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Says on standard error why the command cannot go on.</summary>
    public int Refuse(string line)
    {
        error.WriteLine($"headgate: {line}");
        return ExitCodes.Usage;
    }

    private string Colour(string code, string text) => colours ? code + text + Reset : text;
}
