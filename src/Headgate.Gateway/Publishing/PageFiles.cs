using System.Collections.Frozen;
using System.Reflection;
using Headgate.Gateway.Representations;

namespace Headgate.Gateway.Publishing;

/// <summary>The files of the documentation page, which the build put into this assembly where it could get the renderer. Read and compressed on first use. Thread-safe.</summary>
internal static class PageFiles
{
    /// <summary>The name under which the page finds the list of documents, which is no file.</summary>
    public const string List = "apis.json";

    private const string Prefix = "docs-page/";
    private const string PageName = "page.html";
    private const string Renderer = "swagger-ui-bundle.js";

    private static readonly Assembly s_assembly = typeof(PageFiles).Assembly;

    private static readonly FrozenDictionary<string, Lazy<CodedRepresentation>> s_files = s_assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new Lazy<CodedRepresentation>(() => Read(name)), StringComparer.Ordinal);

    /// <summary>Whether this build has the page.</summary>
    public static bool AreThere => s_files.ContainsKey(Renderer);

    /// <summary>The page itself.</summary>
    public static Lazy<CodedRepresentation> Page => s_files[PageName];

    /// <summary>The file of that name; null for none.</summary>
    public static Lazy<CodedRepresentation>? Find(string? name) => name is null or PageName ? null : s_files.GetValueOrDefault(name);

    private static CodedRepresentation Read(string name)
    {
        using Stream stream = s_assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new CodedRepresentation(TypeOf(name), bytes);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".png" => "image/png",
        _ => "text/plain; charset=utf-8",
    };
}
