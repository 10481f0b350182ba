using System.Text.RegularExpressions;

namespace Headgate.Docs.Tests.Support;

/// <summary>
/// Compares what a page shows with what was printed. In the page <c>…</c> stands for anything within a line, and alone on a line for any lines; ids, times and
/// measured figures differ from run to run and are left out of the comparison on both sides.
/// </summary>
internal static partial class ExpectedOutput
{
    public static bool Matches(IReadOnlyList<string> expected, string actual) => PatternOf(expected).IsMatch(Mask(actual));

    public static string Mask(string text) =>
        Figures().Replace(Times().Replace(HttpDates().Replace(Ids().Replace(Trimmed(text), "<id>"), "<date>"), "<time>"), "<figure>");

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    private static Regex PatternOf(IReadOnlyList<string> expected)
    {
        string[] lines = Mask(string.Join('\n', expected)).Split('\n');
        string pattern = string.Concat(lines.Select((line, at) => line == "…" ? "(.*\\n)*?" : Regex.Escape(line).Replace("…", ".*?", StringComparison.Ordinal) + (at == lines.Length - 1 ? "" : "\\n")));
        if (lines[^1] == "…")
            pattern += ".*";
        return new Regex($"\\A{pattern}\\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|eyJ[A-Za-z0-9_.-]+")]
    private static partial Regex Ids();

    [GeneratedRegex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT")]
    private static partial Regex HttpDates();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")]
    private static partial Regex Times();

    // What was measured, the process id, and the number of a plan, which counts reloads by the file watch too.
    [GeneratedRegex(@"(?<=process )[0-9]+|[0-9]+(\.[0-9]+)?(?= ms)|(?<=_sum\{[^}]*\} )[0-9.e-]+|(?<=plan +)[0-9]+")]
    private static partial Regex Figures();
}
