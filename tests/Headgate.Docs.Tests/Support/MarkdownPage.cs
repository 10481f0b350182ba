using System.Text.RegularExpressions;

namespace Headgate.Docs.Tests.Support;

/// <summary>What the tests need of a Markdown file: fenced blocks, links, headings and inline code.</summary>
internal sealed partial class MarkdownPage
{
    private readonly List<(int Number, string Text)> _prose = [];
    private readonly List<CodeBlock> _blocks = [];

    private MarkdownPage(string path, string[] lines)
    {
        Path = path;
        for (int i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is not { Success: true } fence)
            {
                _prose.Add((i + 1, lines[i]));
                continue;
            }

            int end = Array.IndexOf(lines, fence.Groups["fence"].Value, i + 1);
            Assert.True(end > 0, $"{path}:{i + 1}: the fence is not closed.");
            string[] info = fence.Groups["info"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _blocks.Add(new CodeBlock(info.FirstOrDefault(""), [.. info.Skip(1)], lines[(i + 1)..end], i + 1, end + 1));
            i = end;
        }
    }

    /// <summary>Relative to the root.</summary>
    public string Path { get; }

    public IReadOnlyList<CodeBlock> Blocks => _blocks;

    /// <summary>Lines outside of fences with their numbers.</summary>
    public IReadOnlyList<(int Number, string Text)> Prose => _prose;

    /// <summary>Targets of links with their line numbers.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        _prose.SelectMany(line => Link().Matches(CodeSpan().Replace(line.Text, "")).Select(match => (line.Number, match.Groups["target"].Value)));

    /// <summary>What stands in backticks, with line numbers.</summary>
    public IEnumerable<(int Line, string Code)> Code =>
        _prose.SelectMany(line => CodeSpan().Matches(line.Text).Select(match => (line.Number, match.Groups["code"].Value)));

    /// <summary>The headings as the fragments that lead to them.</summary>
    public IEnumerable<string> Anchors =>
        _prose.Where(line => line.Text.StartsWith('#')).Select(line => NotInAnchor().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    public static MarkdownPage Read(string path) => new(path, File.ReadAllLines(Repository.PathOf(path)));

    /// <summary>The rows of the table under a heading, without its head, each a list of cells.</summary>
    public IReadOnlyList<string[]> TableUnder(string heading)
    {
        IEnumerable<string> section = _prose.Select(line => line.Text).SkipWhile(line => line.TrimStart('#').Trim() != heading).Skip(1).TakeWhile(line => !line.StartsWith('#'));
        string[][] rows = [.. section.Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
        Assert.True(rows.Length > 2, $"{Path} has no table under '{heading}'.");
        return rows[2..];
    }

    [GeneratedRegex("^(?<fence>`{3,})(?<info>[^`]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
