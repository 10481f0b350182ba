using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

public class JsonReadingTests
{
    [Fact]
    public void Read_EveryKindOfValue_KeepsKindAndText()
    {
        DocumentNode root = Trees.Json("""{ "s": "a\u0041\n", "n": -1.50e3, "t": true, "f": false, "z": null, "a": [1, [], {}] }""");

        Assert.Equal("{\"s\":\"aA\n\",\"n\":-1.50e3,\"t\":true,\"f\":false,\"z\":null,\"a\":[1,[],{}]}", Trees.Show(root));
    }

    [Fact]
    public void Read_Values_AreWhereTheyAreWritten()
    {
        var root = (ObjectNode)Trees.Json("{\n  \"ä😀\": {\"key\": [10,\r\n\t\"x\"]}\n}");

        var inner = (ObjectNode)root["ä😀"]!;
        var list = (ArrayNode)inner["key"]!;
        Assert.Equal((2, 3), (root.Members[0].KeyLocation.Line, root.Members[0].KeyLocation.Column));

        // Columns count UTF-16 code units: the key is 3 of them and two quotes.
        Assert.Equal((2, 10), (inner.Line, inner.Column));
        Assert.Equal((2, 18), (list.Line, list.Column));
        Assert.Equal((3, 2), (list.Items[1].Line, list.Items[1].Column));
        Assert.Equal("/ä😀/key/1", list.Items[1].Pointer);
    }

    [Theory]
    [InlineData("{\"a\": 1,\n}", "HG1007", 2, 1)]
    [InlineData("[1, 2, ]", "HG1007", 1, 8)]
    [InlineData("{ // note\n}", "HG1006", 1, 3)]
    [InlineData("{ /* note */ }", "HG1006", 1, 3)]
    [InlineData("{\"a\" 1}", "HG1005", 1, 6)]
    [InlineData("{\"ä\" 1}", "HG1005", 1, 6)]
    [InlineData("{\"a\": 1", "HG1005", 1, 8)]
    [InlineData("{} {}", "HG1005", 1, 4)]
    [InlineData("{\"a\": \"\\ud800\"}", "HG1005", 1, 7)]
    [InlineData("{\"\\udc00\": 1}", "HG1005", 1, 2)]
    [InlineData("{\"a\": tru}", "HG1005", 1, 10)]
    public void Read_Mistake_IsReportedWhereItStands(string text, string code, int line, int column)
    {
        (DocumentNode? root, IReadOnlyList<Diagnostic> findings) = Trees.Read(text, "test.json");

        Assert.Null(root);
        Diagnostic finding = Assert.Single(findings);
        Assert.Equal((code, line, column), (finding.Code, finding.Location.Line, finding.Location.Column));
    }

    [Fact]
    public void Read_DuplicateKeys_AreAllReportedAtTheKey()
    {
        (DocumentNode? root, IReadOnlyList<Diagnostic> findings) = Trees.Read("{\"a\": 1,\n \"a\": {\"b\": 1, \"b\": 2}}", "test.json");

        Assert.Equal("{\"a\":1}", Trees.Show(root!));
        Assert.Equal(["test.json:2:2", "test.json:2:16"], findings.Select(item => item.Location.ToString()));
        Assert.All(findings, item => Assert.Equal(OpenApiDiagnostics.DuplicateKey, item.Descriptor));
    }

    [Theory]
    [InlineData("api.json", "{\"a\": 1}")]
    [InlineData("api", "  {\"a\": 1}")]
    [InlineData("api.yaml", "{\"a\": 1}")]
    [InlineData("api.yaml", "{a: 1}")]
    [InlineData("api.json", "a: 1")]
    [InlineData("api", "a: 1")]
    public void Read_Notation_IsChosenByContentThenExtension(string name, string text) =>
        Assert.Equal("{\"a\":1}", Trees.Show(Trees.Read(text, name).Root!));
}
