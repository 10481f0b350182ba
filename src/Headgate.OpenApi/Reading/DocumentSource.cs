using System.Text;

namespace Headgate.OpenApi.Reading;

/// <summary>Where an entry document comes from: a file, or text in memory (a built-in document, a test).</summary>
public sealed class DocumentSource
{
    private DocumentSource(string path, string fullPath, byte[]? content)
    {
        File = new SourceFile(path, fullPath);
        Content = content;
    }

    /// <summary>The file as messages name it, and its absolute path.</summary>
    public SourceFile File { get; }

    internal byte[]? Content { get; }

    /// <summary>A document in a file. The file is read when the document is loaded; a path that cannot be one is reported then.</summary>
    public static DocumentSource FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new DocumentSource(path, Absolute(path), null);
    }

    /// <summary>A document in memory.</summary>
    /// <param name="name">The name in messages; an extension <c>.json</c> or <c>.yaml</c> is a hint at the notation.</param>
    /// <param name="content">The bytes, UTF-8.</param>
    /// <param name="directory">The directory from which relative references start; the current one when null.</param>
    public static DocumentSource FromBytes(string name, byte[] content, string? directory = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        return new DocumentSource(name, Absolute(Path.Combine(directory ?? ".", Path.GetFileName(name))), content);
    }

    /// <summary>A document in memory, as text. See <see cref="FromBytes"/>.</summary>
    public static DocumentSource FromText(string name, string content, string? directory = null) =>
        FromBytes(name, Encoding.UTF8.GetBytes(content), directory);

    // GetFullPath throws for an empty path and for one with a NUL, neither of which can name a file: reading reports it.
    private static string Absolute(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path);
}
