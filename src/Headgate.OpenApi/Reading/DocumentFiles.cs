using System.Text;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>The files of one load, each read once.</summary>
internal sealed class DocumentFiles(LoadContext context)
{
    private readonly Dictionary<string, DocumentNode?> _roots = new(StringComparer.Ordinal);
    private readonly List<SourceFile> _files = [];

    /// <summary>Every file that was read or looked for.</summary>
    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>Reads a file that the user named: the entry document or an overlay.</summary>
    public DocumentNode? Read(DocumentSource source)
    {
        _files.Add(source.File);
        var reader = new FileBytes(context);
        byte[]? bytes = source.Content is { } content ? reader.Check(source.File, content) : reader.Read(source.File, source.File.FullPath);
        DocumentNode? root = bytes is null ? null : Parse(source.File, bytes);
        _roots.TryAdd(source.File.FullPath, root);
        return root;
    }

    /// <summary>
    /// The root of a referenced file, reading it on first use; null when it cannot be had, which was reported then.
    /// </summary>
    public DocumentNode? Open(SourceFile file, string realPath, DocumentNode reference)
    {
        if (_roots.TryGetValue(file.FullPath, out DocumentNode? root))
            return root;
        if (_files.Count >= context.Limits.MaxFiles)
        {
            context.Diagnostics.Add(OpenApiDiagnostics.TooManyFiles, reference, $"The document refers to more than {context.Limits.MaxFiles} files.", "Join some of them.");
            _roots.Add(file.FullPath, null);
            return null;
        }

        _files.Add(file);
        byte[]? bytes = new FileBytes(context).Read(file, realPath);
        root = bytes is null ? null : Parse(file, bytes);
        _roots.Add(file.FullPath, root);
        return root;
    }

    /// <summary>A file that is read already, or null.</summary>
    public DocumentNode? Known(string fullPath) => _roots.GetValueOrDefault(fullPath);

    private DocumentNode? Parse(SourceFile file, byte[] utf8)
    {
        string extension = Path.GetExtension(file.Path).ToLowerInvariant();
        char first = (char)utf8.AsSpan().TrimStart(" \t\r\n"u8)[0];
        bool bracket = first is '{' or '[';

        // A JSON text is YAML too, but read as JSON it is read faster and its mistakes are named better.
        bool json = extension == ".json" ? bracket || first is '"' or '/' : bracket && extension is not (".yaml" or ".yml");
        int before = context.Diagnostics.Count;
        DocumentNode? root = json ? new JsonDocumentReader(file, utf8, context).Read() : new YamlDocumentReader(file, Encoding.UTF8.GetString(utf8), context).Read();
        if (root is null && context.Diagnostics.Count == before)
            context.Report(OpenApiDiagnostics.EmptyDocument, file, 0, 0, $"'{file.Path}' holds no value.", "Give it an OpenAPI document.");
        return root;
    }
}
