using Headgate.Docs.Tests.Support;
using Headgate.Gateway.Configuration;
using Headgate.Integration;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Docs.Tests;

/// <summary>What a reader copies from a page loads, unless the page calls it broken. A fragment is put into the document that it belongs to.</summary>
public class YamlExampleTests
{
    private const string Petstore = "docs/guides/petstore/petstore.yaml";

    private static readonly DocumentLoader s_loader = new(IntegrationExtensions.RegisterAll(GatewayExtensions.RegisterAll(new ExtensionRegistry())));

    public static TheoryData<string, int> Examples()
    {
        var examples = new TheoryData<string, int>();
        foreach (string path in Repository.MarkdownFiles())
        {
            foreach (CodeBlock block in MarkdownPage.Read(path).Blocks.Where(block => block.Language is "yaml" or "yml"))
                examples.Add(path, block.Line);
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfPage_LoadsAsThePageSays(string path, int line)
    {
        CodeBlock block = MarkdownPage.Read(path).Blocks.Single(block => block.Line == line);
        LoadResult result = Load(block.Text);
        Assert.True(result.Diagnostics.HasErrors == block.Attributes.Contains("broken"), $"{path}:{line}: {string.Join("; ", result.Diagnostics.Items)}");
    }

    [Fact]
    public void PetstoreOfTheGuide_LoadsWithoutErrors() =>
        Assert.False(s_loader.Load(DocumentSource.FromFile(Repository.PathOf(Petstore))).Diagnostics.HasErrors);

    private static LoadResult Load(string text) => text.Split('\n').First(line => line.Length > 0 && line[0] != '#').Split(':')[0] switch
    {
        "openapi" => s_loader.Load(DocumentSource.FromText("example.yaml", text)),
        "overlay" => s_loader.Load(DocumentSource.FromFile(Repository.PathOf(Petstore)), [DocumentSource.FromText("overlay.yaml", text)]),
        "x-gateway-config" => s_loader.Load(DocumentSource.FromText("example.yaml", $"openapi: 3.1.0\ninfo: {{ title: Example, version: '1' }}\npaths: {{}}\n{text}")),
        "paths" => s_loader.Load(DocumentSource.FromText("example.yaml", $"openapi: 3.1.0\ninfo: {{ title: Example, version: '1' }}\n{text}")),
        { } other => throw new InvalidOperationException($"An example that begins with '{other}' belongs to nothing that this test knows."),
    };
}
