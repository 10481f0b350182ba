using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

/// <summary>Shorthands for loading documents in tests.</summary>
internal static class Loading
{
    public static LoadResult LoadFile(string path, LoadOptions? options = null, params string[] overlays) =>
        new DocumentLoader(new ExtensionRegistry(), options).Load(DocumentSource.FromFile(path), [.. overlays.Select(DocumentSource.FromFile)]);

    public static LoadResult LoadText(string text, string name = "api.yaml", LoadOptions? options = null, params string[] overlays) =>
        new DocumentLoader(new ExtensionRegistry(), options).Load(
            DocumentSource.FromText(name, text),
            [.. overlays.Select((overlay, index) => DocumentSource.FromText($"overlay{index + 1}.yaml", overlay))]);

    /// <summary>A 3.1 document of the given rest: everything after <c>info</c>.</summary>
    public static LoadResult LoadRest(string rest, string version = "3.1.0", LoadOptions? options = null) =>
        LoadText($"openapi: {version}\ninfo: {{ title: T, version: '1' }}\n{rest}", options: options);

    public static ApiDocument Document(this LoadResult result)
    {
        Assert.True(result.Document is not null, string.Join(Environment.NewLine, result.Diagnostics.Items));
        return result.Document;
    }

    public static string[] Codes(this LoadResult result) => [.. result.Diagnostics.Items.Select(item => item.Code)];

    /// <summary>The one diagnostic of a kind.</summary>
    public static Diagnostic Single(this LoadResult result, DiagnosticDescriptor descriptor)
    {
        Diagnostic[] found = [.. result.Diagnostics.Items.Where(item => item.Descriptor == descriptor)];
        Assert.True(found.Length == 1, $"Expected one {descriptor.Code}, found: {string.Join(Environment.NewLine, result.Diagnostics.Items)}");
        return found[0];
    }

    /// <summary>The one diagnostic of a kind whose message holds a text, on a line where one is given.</summary>
    public static Diagnostic Single(this LoadResult result, DiagnosticDescriptor descriptor, string text, int? line = null) =>
        Assert.Single(result.Diagnostics.Items, item => item.Descriptor == descriptor && item.Message.Contains(text, StringComparison.Ordinal) && (line is null || item.Location.Line == line));
}
