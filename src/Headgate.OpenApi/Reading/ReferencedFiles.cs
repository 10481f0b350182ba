using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Finds the files to which references lead, and holds them to the entry document's directory.</summary>
internal sealed class ReferencedFiles(LoadContext context, DocumentFiles files, SourceFile entry)
{
    private readonly string _directory = Path.GetDirectoryName(entry.FullPath) ?? "";
    private readonly Dictionary<string, ReferenceOutcome> _opened = new(StringComparer.Ordinal);
    private string? _realDirectory;
    private bool _closed;

    /// <summary>Ends the reading of files: what is not read by now does not exist.</summary>
    public void Close() => _closed = true;

    /// <summary>The root of the file that <paramref name="path"/> names, seen from another file.</summary>
    public ReferenceOutcome Open(DocumentNode reference, SourceFile from, string path, string text)
    {
        if (Scheme(path) is { } scheme)
            return Remote(scheme, text);
        string name = Uri.UnescapeDataString(path);
        if (name.Contains('\0', StringComparison.Ordinal))
            return ReferenceOutcome.Fail(OpenApiDiagnostics.BadReference, "A reference holds a NUL.", "Write the path of a file.");

        string fullPath = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from.FullPath) ?? "", name));
        if (_closed || files.Known(fullPath) is not null)
            return new ReferenceOutcome(files.Known(fullPath));
        if (!_opened.TryGetValue(fullPath, out ReferenceOutcome opened))
        {
            opened = OpenNew(fullPath, reference, text);
            _opened.Add(fullPath, opened);
        }

        return opened;
    }

    private ReferenceOutcome OpenNew(string fullPath, DocumentNode reference, string text)
    {
        if (RealPath.Of(fullPath) is not { } realPath)
            return ReferenceOutcome.Fail(OpenApiDiagnostics.Unresolvable, $"'{text}' leads through symbolic links in a circle.", "Mend the links.");
        if (!context.Options.AllowFilesOutside && !RealPath.IsBelow(realPath, RealDirectory()))
            return Outside(text);
        return new ReferenceOutcome(files.Open(Named(fullPath), realPath, reference));
    }

    private string RealDirectory() => _realDirectory ??= RealPath.Of(_directory) ?? _directory;

    private SourceFile Named(string fullPath) =>
        new(Path.Combine(Path.GetDirectoryName(entry.Path) ?? "", Path.GetRelativePath(_directory, fullPath)), fullPath);

    private ReferenceOutcome Outside(string text) => ReferenceOutcome.Fail(
        OpenApiDiagnostics.FileOutside,
        $"'{text}' leads out of the directory '{_directory}'.",
        "Keep referenced files beside or below the entry document, or allow files outside when loading.");

    private static ReferenceOutcome Remote(string scheme, string text) => scheme == "file"
        ? ReferenceOutcome.Fail(OpenApiDiagnostics.BadReference, $"'{text}' is a file URL.", "Write the file's path relative to this file.")
        : ReferenceOutcome.Fail(OpenApiDiagnostics.RemoteReference, $"'{text}' leads to another host; nothing is fetched while a document is loaded.", "Download the file, keep it beside this one, and refer to the copy.");

    // RFC 3986 §3.1: a scheme is a letter and then letters, digits, "+", "-", "."; §4.2: "//" begins a network-path reference.
    private static string? Scheme(string path)
    {
        if (path.StartsWith("//", StringComparison.Ordinal))
            return "";
        int colon = path.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(path[0]) && path.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0 ? path[..colon].ToLowerInvariant() : null;
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
}
