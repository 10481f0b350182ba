using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Extensions;

/// <summary>Node trees of YAML texts, for tests of what comes after reading.</summary>
internal static class Yaml
{
    private static readonly SourceFile s_file = new("test.yaml", "/test.yaml");

    public static ObjectNode Object(string text) => Assert.IsType<ObjectNode>(Parse(text));

    public static DocumentNode Parse(string text)
    {
        var context = new LoadContext(LoadOptions.Default);
        DocumentNode? node = new YamlDocumentReader(s_file, text, context).Read();
        Assert.Empty(context.Diagnostics.Items);
        return Assert.IsType<DocumentNode>(node, exactMatch: false);
    }
}
