namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// The operations that a key of <c>by_endpoint</c> means: <c>PUT /api/v1/applications/*/desired-state</c>. A <c>*</c> stands for one
/// segment; a template's parameter is matched by <c>*</c> and by itself. Immutable.
/// </summary>
/// <param name="Method">The method in upper case, or <c>*</c>.</param>
/// <param name="Path">The path as requests show it, base path included.</param>
public sealed record EndpointPattern(string Method, string Path)
{
    /// <summary>Reads <c>METHOD /path</c>; null for anything else.</summary>
    public static EndpointPattern? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0)
            return null;
        string method = text[..space];
        string path = text[(space + 1)..].TrimStart(' ');
        bool valid = (method == "*" || method.All(c => char.IsAsciiLetterUpper(c) || c == '-')) && path.StartsWith('/') && !path.Contains(' ', StringComparison.Ordinal);
        return valid ? new EndpointPattern(method, path) : null;
    }

    /// <summary>Whether it means the operation of that method and path template (base path included).</summary>
    public bool Matches(string method, string pathTemplate)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(pathTemplate);
        if (Method != "*" && Method != method)
            return false;
        string[] pattern = Path.Split('/');
        string[] template = pathTemplate.Split('/');
        return pattern.Length == template.Length
            && pattern.Zip(template).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}
