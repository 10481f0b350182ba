namespace Headgate.OpenApi.Diagnostics;

/// <summary>A place in a document: file, line and column, both counted from 1 (0 where unknown).</summary>
/// <param name="File">The file as the user named it, or a name for a document that did not come from a file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>The form that editors and terminals turn into a link: <c>file:line:column</c>.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
