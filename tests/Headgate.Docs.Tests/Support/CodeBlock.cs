namespace Headgate.Docs.Tests.Support;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The first word behind the fence.</param>
/// <param name="Attributes">The words behind it: <c>file=NAME</c>, <c>terminal=NAME</c>, <c>example</c>.</param>
/// <param name="Lines">What it holds.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="EndLine">The line of the closing fence.</param>
internal sealed record CodeBlock(string Language, IReadOnlyList<string> Attributes, IReadOnlyList<string> Lines, int Line, int EndLine)
{
    public string Text => string.Join('\n', Lines) + "\n";

    /// <summary>The value of an attribute <c>NAME=VALUE</c>, or null.</summary>
    public string? this[string name] => Attributes.FirstOrDefault(attribute => attribute.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
