using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>
/// A regular expression of a schema, ECMA-262 in Unicode mode (JSON Schema Core 2020-12 §6.4). It runs without backtracking, in time that grows with the text
/// alone; one that needs look-around or back references runs with a time limit instead. Thread-safe.
/// </summary>
internal sealed class SchemaPattern
{
    /// <summary>How long a pattern that backtracks may take for one text.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(50);

    /// <summary>How long all patterns that backtrack may take for one value and all its parts.</summary>
    public static readonly TimeSpan MostTimeTogether = TimeSpan.FromMilliseconds(200);

    private const int MostOnStack = 256;

    private readonly Regex _regex;
    private readonly CharacterRun? _run;

    private SchemaPattern(string text, Regex regex, CharacterRun? run, bool backtracks)
    {
        Text = text;
        _regex = regex;
        _run = run;
        Backtracks = backtracks;
    }

    /// <summary>The pattern as the schema writes it.</summary>
    public string Text { get; }

    /// <summary>Whether matching is held by a time limit alone.</summary>
    public bool Backtracks { get; }

    /// <summary>Compiles a pattern.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SchemaPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        if (!EcmaPattern.TryTranslate(text, out string? translated, out problem, out bool backtracks))
            return false;
        try
        {
            Regex regex = backtracks ? Backtracking(translated) : NonBacktracking(translated, out backtracks);
            pattern = new SchemaPattern(text, regex, CharacterRun.Parse(text), backtracks);
            return true;
        }
        catch (ArgumentException)
        {
            // What .NET alone finds wrong: a back reference to no group, a name used for two groups.
            problem = "it refers to a group that it does not have, or has too many";
            return false;
        }
    }

    private static Regex Backtracking(string translated) => new(translated, RegexOptions.CultureInvariant, MostTime);

    private static Regex NonBacktracking(string translated, out bool backtracks)
    {
        try
        {
            backtracks = false;
            return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Counts that make the automaton too large.
            backtracks = true;
            return Backtracking(translated);
        }
    }

    /// <summary>Whether some part of the text matches: patterns are not anchored.</summary>
    public PatternMatch Match(ReadOnlySpan<byte> text)
    {
        if (_run is { } run)
            return run.Matches(text) ? PatternMatch.Found : PatternMatch.Missing;
        if (text.Length <= MostOnStack)
        {
            Span<char> few = stackalloc char[MostOnStack];
            return Match(few[..Encoding.UTF8.GetChars(text, few)]);
        }

        char[] many = ArrayPool<char>.Shared.Rent(text.Length);
        PatternMatch match = Match(many.AsSpan(0, Encoding.UTF8.GetChars(text, many)));
        ArrayPool<char>.Shared.Return(many);
        return match;
    }

    private PatternMatch Match(ReadOnlySpan<char> text)
    {
        try
        {
            return _regex.IsMatch(text) ? PatternMatch.Found : PatternMatch.Missing;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternMatch.TimedOut;
        }
    }
}
