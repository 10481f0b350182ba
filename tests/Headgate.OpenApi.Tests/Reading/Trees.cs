using System.Text;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

/// <summary>Reads text into nodes without anything that makes it an OpenAPI document.</summary>
internal static class Trees
{
    public static (DocumentNode? Root, IReadOnlyList<Diagnostic> Findings) Read(string text, string name, LoadLimits? limits = null) =>
        Read(Encoding.UTF8.GetBytes(text), name, limits);

    public static (DocumentNode? Root, IReadOnlyList<Diagnostic> Findings) Read(byte[] text, string name, LoadLimits? limits = null)
    {
        var context = new LoadContext(new LoadOptions { Limits = limits ?? LoadLimits.Default });
        DocumentNode? root = new DocumentFiles(context).Read(DocumentSource.FromBytes(name, text));
        return (root, context.Diagnostics.Items);
    }

    public static DocumentNode Json(string text) => Clean(Read(text, "test.json"));

    public static DocumentNode Yaml(string text) => Clean(Read(text, "test.yaml"));

    /// <summary>The tree as JSON text, for comparison.</summary>
    public static string Show(DocumentNode node) => node switch
    {
        ObjectNode holder => "{" + string.Join(",", holder.Members.Select(member => $"\"{member.Key}\":{Show(member.Value)}")) + "}",
        ArrayNode list => "[" + string.Join(",", list.Items.Select(Show)) + "]",
        ScalarNode { Kind: ScalarKind.String } text => $"\"{text.Text}\"",
        _ => ((ScalarNode)node).Text,
    };

    private static DocumentNode Clean((DocumentNode? Root, IReadOnlyList<Diagnostic> Findings) read)
    {
        Assert.Empty(read.Findings);
        return read.Root!;
    }
}
