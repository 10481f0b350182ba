using System.Diagnostics.CodeAnalysis;

namespace Headgate.OpenApi.Model;

/// <summary>A parsed path template such as <c>/orders/{orderId}/lines/{line}.json</c>. Immutable.</summary>
/// <param name="Text">The template as written.</param>
/// <param name="Segments">The segments between slashes, in order; the template <c>/</c> has one empty literal segment.</param>
public sealed record PathTemplate(string Text, IReadOnlyList<PathSegment> Segments)
{
    /// <summary>The parameter names in order of appearance.</summary>
    public IEnumerable<string> ParameterNames =>
        Segments.SelectMany(segment => segment.Parts).Where(part => part.IsParameter).Select(part => part.Text);

    /// <summary>Parses a template. A segment may join literals and parameters, but two parameters must have text between them.</summary>
    /// <param name="text">The template, which begins with <c>/</c>.</param>
    /// <param name="template">The template, when it is well-formed.</param>
    /// <param name="problem">What is wrong with it otherwise, as a sentence.</param>
    /// <returns>Whether the template is well-formed.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        template = null;
        problem = text.StartsWith('/') ? null : "A path begins with '/'.";
        if (problem is null && text.AsSpan().IndexOfAny('?', '#') >= 0)
            problem = "A path has neither a query ('?') nor a fragment ('#'); describe query parameters under 'parameters'.";
        if (problem is not null)
            return false;

        string[] texts = text[1..].Split('/');
        var segments = new PathSegment[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (ParseSegment(texts[i], out string? wrong) is not { } segment)
            {
                problem = wrong!;
                return false;
            }

            segments[i] = segment;
        }

        template = new PathTemplate(text, segments);
        problem = template.FindDuplicate() is { } name ? $"The parameter '{{{name}}}' stands in it twice." : null;
        return problem is null;
    }

    private static PathSegment? ParseSegment(string text, out string? problem)
    {
        problem = null;
        if (text.AsSpan().IndexOfAny('{', '}') < 0)
            return new PathSegment([new PathPart(false, text)]);

        var parts = new List<PathPart>();
        int at = 0;
        while (at < text.Length)
        {
            int end = text.IndexOfAny(['{', '}'], at + (text[at] == '{' ? 1 : 0));
            problem = ReadPart(text, at, ref end, parts);
            if (problem is not null)
                return null;
            at = end;
        }

        return new PathSegment(parts);
    }

    /// <summary>Reads the literal or parameter at <paramref name="at"/>; <paramref name="end"/> is the next brace, and then where the next part begins.</summary>
    private static string? ReadPart(string text, int at, ref int end, List<PathPart> parts)
    {
        if (text[at] != '{')
        {
            end = end < 0 ? text.Length : end;
            if (end < text.Length && text[end] == '}')
                return $"A '}}' has no '{{' before it in '{text}'.";
            parts.Add(new PathPart(false, text[at..end]));
            return null;
        }

        if (end < 0 || text[end] != '}')
            return $"A '{{' has no '}}' after it in '{text}'.";
        if (end == at + 1)
            return $"A parameter has no name in '{text}'.";
        if (parts.Count > 0 && parts[^1].IsParameter)
            return $"Two parameters stand side by side in '{text}': where one ends and the next begins cannot be known.";
        parts.Add(new PathPart(true, text[(at + 1)..end]));
        end++;
        return null;
    }

    private string? FindDuplicate()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ParameterNames.FirstOrDefault(name => !seen.Add(name));
    }
}
