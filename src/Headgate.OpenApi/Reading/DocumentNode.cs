using System.Text;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// A value of a JSON or YAML document that knows where it was written. The tree is built by the readers, changed only by
/// overlays, and read-only afterwards; reading it from several threads is then safe.
/// </summary>
public abstract class DocumentNode
{
    private protected DocumentNode(SourceFile file, int line, int column)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The file in which the value is written (an overlay's, for what an overlay added).</summary>
    public SourceFile File { get; }

    /// <summary>Line of the first character, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the first character, from 1.</summary>
    public int Column { get; }

    /// <summary>The object or array that holds this value; null at the root.</summary>
    public DocumentNode? Parent { get; internal set; }

    /// <summary>Place for messages.</summary>
    public SourceLocation Location => new(File.Path, Line, Column);

    /// <summary>The JSON Pointer (RFC 6901) from the root of the tree. Computed on each call: for diagnostics, not for look-ups.</summary>
    public string Pointer
    {
        get
        {
            var steps = new Stack<string>();
            for (DocumentNode node = this; node.Parent is not null; node = node.Parent)
                steps.Push(node.Parent.StepTo(node));
            var text = new StringBuilder();
            foreach (string step in steps)
                text.Append('/').Append(step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            return text.ToString();
        }
    }

    /// <summary>What the value is, as messages say it: <c>object</c>, <c>array</c>, <c>string</c>, ….</summary>
    public abstract string KindName { get; }

    private protected virtual string StepTo(DocumentNode child) => throw new InvalidOperationException("A scalar holds nothing.");
}
