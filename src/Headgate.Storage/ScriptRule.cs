using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Headgate.Storage;

/// <summary>Holds scripts to what they may go by: each statement sees what is committed when it begins, so nothing would notice that rows changed which it only read. Stateless, thread-safe.</summary>
internal static partial class ScriptRule
{
    // By the text itself, which is a constant of the program: it is looked through once.
    private static readonly ConditionalWeakTable<string, string[]> s_read = [];

    /// <summary>The statements, when they keep the rule.</summary>
    /// <exception cref="ArgumentException">One reads a table that it neither changes nor calls settled.</exception>
    public static IReadOnlyList<StoreStatement> Checked(IReadOnlyList<StoreStatement> statements)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            StoreStatement statement = statements[i];
            string[] read = s_read.GetValue(statement.Sql, ReadBy);
            if (read.Length > 0 && read.Except(statement.Settled, StringComparer.OrdinalIgnoreCase).Any())
                throw new ArgumentException($"A statement of a script goes by what it does not change: {string.Join(", ", read)}. Make it an ordinary command: {statement.Sql}");
        }

        return statements;
    }

    // All that stands after FROM, JOIN or USING, but for what the statement itself has just changed.
    private static string[] ReadBy(string sql)
    {
        HashSet<string> changed = [.. Changes().Matches(sql).Select(match => match.Groups["name"].Value)];
        return [.. Reads().Matches(sql).SelectMany(match => match.Groups["name"].Captures).Select(capture => capture.Value).Where(name => !changed.Contains(name)).Distinct()];
    }

    [GeneratedRegex(@"\b(?<name>\w+)\s*(\([^)]*\)\s*)?AS\s+((NOT\s+)?MATERIALIZED\s+)?\(\s*(INSERT|UPDATE|DELETE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Changes();

    [GeneratedRegex(@"(?<!\b(DELETE|DISTINCT)\s+)\b(FROM|JOIN|USING)\s+(?<name>\w+)(\s+(AS\s+)?\w+)?(\s*,\s*(?<name>\w+)(\s+(AS\s+)?\w+)?)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reads();
}
