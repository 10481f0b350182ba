using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

public class YamlReadingTests
{
    // YAML 1.2.2 §10.3.2, written as JSON.
    [Theory]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("Null", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("TRUE", "true")]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("0", "0")]
    [InlineData("-19", "-19")]
    [InlineData("+12", "12")]
    [InlineData("007", "7")]
    [InlineData("0o17", "15")]
    [InlineData("0x3A", "58")]
    [InlineData("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695")]
    [InlineData("0.", "0")]
    [InlineData("-.5", "-0.5")]
    [InlineData("+12e03", "12e03")]
    [InlineData("-2E+05", "-2E+05")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1.0.0", "\"1.0.0\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("2026-01-02", "\"2026-01-02\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("! 12", "\"12\"")]
    [InlineData("!!int 12", "12")]
    [InlineData("!!int '12'", "12")]
    [InlineData("|\n  12\n", "\"12\n\"")]
    public void Read_Scalar_IsResolvedByTheCoreSchema(string scalar, string expected) =>
        Assert.Equal($"{{\"k\":{expected}}}", Trees.Show(Trees.Yaml($"k: {scalar}")));

    [Fact]
    public void Read_Values_AreWhereTheyAreWritten()
    {
        var root = (ObjectNode)Trees.Yaml("# note\npaths:\n  /ä:\n    - one\n    - two: 2\n");

        var list = (ArrayNode)((ObjectNode)root["paths"]!)["/ä"]!;
        var item = (ObjectNode)list.Items[1];
        Assert.Equal((2, 1), (root.Members[0].KeyLocation.Line, root.Members[0].KeyLocation.Column));
        Assert.Equal((4, 7), (list.Items[0].Line, list.Items[0].Column));
        Assert.Equal((5, 12), (item["two"]!.Line, item["two"]!.Column));
        Assert.Equal("/paths/~1ä/1/two", item["two"]!.Pointer);
    }

    [Fact]
    public void Read_NumberAsKey_IsAString() => Assert.Equal("{\"200\":1,\"true\":2}", Trees.Show(Trees.Yaml("200: 1\ntrue: 2")));

    [Fact]
    public void Read_Alias_IsACopyThatStandsWhereItsAnchorIsWritten()
    {
        var root = (ObjectNode)Trees.Yaml("a: &x { b: [1] }\nc: *x\nd: &k key\n*k : 2");

        Assert.Equal("{\"a\":{\"b\":[1]},\"c\":{\"b\":[1]},\"d\":\"key\",\"key\":2}", Trees.Show(root));
        Assert.NotSame(root["a"], root["c"]);
        Assert.Equal("/c/b", ((ObjectNode)root["c"]!)["b"]!.Pointer);
        Assert.Equal(1, root["c"]!.Line);
    }

    [Theory]
    [InlineData("base: &b { x: 1, y: 2 }\nk:\n  <<: *b\n  x: 9", "{\"x\":9,\"y\":2}")]
    [InlineData("base: &b { x: 1, y: 2 }\nk:\n  x: 9\n  <<: *b", "{\"x\":9,\"y\":2}")]
    [InlineData("b1: &a { x: 1 }\nb2: &b { x: 2, z: 3 }\nk:\n  <<: [*a, *b]", "{\"x\":1,\"z\":3}")]
    [InlineData("k:\n  '<<': 1", "{\"<<\":1}")]
    public void Read_MergeKey_AddsWhatIsNotWrittenOut(string text, string expected)
    {
        var root = (ObjectNode)Trees.Yaml(text);
        var merged = (ObjectNode)root["k"]!;

        Assert.Equal(Expected(expected), merged.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => (member.Key, Trees.Show(member.Value))));
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2", "HG1010", 2)]
    [InlineData("a: 1\na: 2", "HG1009", 2)]
    [InlineData("a: !custom 1", "HG1011", 1)]
    [InlineData("a: !!set {b}", "HG1011", 1)]
    [InlineData("a: !!int x", "HG1015", 1)]
    [InlineData("a: .inf", "HG1015", 1)]
    [InlineData("a: *b", "HG1012", 1)]
    [InlineData("a: &b [*b]", "HG1013", 1)]
    [InlineData("{a: 1}: 2", "HG1014", 1)]
    [InlineData("? [a]\n: 2", "HG1014", 1)]
    [InlineData("k:\n  <<: 1", "HG1016", 2)]
    [InlineData("a: [1\n", "HG1008", 2)]
    [InlineData("a: 1\nb\nc: 2", "HG1008", 2)]
    [InlineData("a: \"x", "HG1008", 1)]
    public void Read_Mistake_IsReportedWhereItStands(string text, string code, int line)
    {
        Diagnostic finding = Assert.Single(Trees.Read(text, "test.yaml").Findings);

        Assert.Equal((code, line), (finding.Code, finding.Location.Line));
        Assert.True(finding.Location.Column > 0);
    }

    private static IEnumerable<(string Key, string Text)> Expected(string json) =>
        ((ObjectNode)Trees.Json(json)).Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => (member.Key, Trees.Show(member.Value)));
}
