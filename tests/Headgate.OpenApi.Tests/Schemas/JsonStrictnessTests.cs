using System.Text;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>What is taken as JSON, and what it may cost.</summary>
public class JsonStrictnessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":}")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("truex")]
    [InlineData("nul")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("1 2")]
    [InlineData("// a\n1")]
    [InlineData("\uFEFF1")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    public void Text_ThatIsNoJson_IsRefused(string text)
    {
        var schema = new TestSchema("true");

        Assert.False(schema.Allows(text));
        Assert.Equal("json", Assert.Single(schema.Session.Violations).Keyword);
    }

    [Theory]
    [InlineData(" {\"a\" : [ 1 , -0.5e+3, true,false ,null, {} , [] ] }\r\n\t")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00 \U0001F600\"")]
    [InlineData("{\"aaaaaaaaXbbbbbbbb\":1,\"aaaaaaaaYbbbbbbbb\":2}")]
    public void Text_ThatIsJson_IsTaken(string text) => Assert.True(new TestSchema("true").Allows(text));

    [Fact]
    public void Bytes_ThatAreNotUtf8_AreRefused() => Assert.False(new TestSchema("true").Allows([(byte)'"', 0xFF, (byte)'"']));

    [Fact]
    public void Name_AmongMany_WrittenTwice_IsFound()
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < 5000; i++)
            text.Append("\"aaaaaaaa").Append(i).Append("bbbbbbbb\":1,");

        Assert.True(new TestSchema("true").Allows(text + "\"z\":1}"));
        Assert.False(new TestSchema("true").Allows(text + "\"aaaaaaaa4711bbbbbbbb\":1}"));
    }

    // The reader of the framework, asked the same: what it refuses is refused here. (It takes names twice and halves of pairs, which this one does not.)
    [Fact]
    public void Text_OfRandomPieces_IsJudgedAsTheFrameworkDoes()
    {
        var random = new Random(20260301);
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\n\"", "1", "-2.5e3", "true", "null", " ", "0", "\"", "\\", "e", "."];
        var schema = new TestSchema("true");
        int taken = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            bool isTaken = schema.Allows(text);
            bool isDuplicate = !isTaken && schema.Session.Violations[0].Detail.Contains("two members", StringComparison.Ordinal);
            Assert.True(isTaken == IsJson(text) || isDuplicate, text);
            taken += isTaken ? 1 : 0;
        }

        Assert.True(taken > 500, $"Only {taken} texts were JSON.");
    }

    [Fact]
    public void Depth_BeyondTheLimit_IsRefused()
    {
        var schema = new TestSchema("true", new SchemaOptions { Limits = new SchemaLimits { Json = new JsonLimits { MaxDepth = 10 } } });

        Assert.True(schema.Allows(new string('[', 10) + new string(']', 10)));
        Assert.False(schema.Allows(new string('[', 11) + new string(']', 11)));
        Assert.False(schema.Allows(new string('[', 1_000_000)));
    }

    [Fact]
    public void Values_BeyondTheLimit_AreRefused()
    {
        var schema = new TestSchema("true", new SchemaOptions { Limits = new SchemaLimits { Json = new JsonLimits { MaxValues = 4 } } });

        Assert.True(schema.Allows("[1,2,3]"));
        Assert.False(schema.Allows("[1,2,3,4]"));
        Assert.False(schema.Allows("""{"a":1,"b":2}"""));
    }

    [Fact]
    public void Number_BeyondTheLimit_IsRefused()
    {
        var schema = new TestSchema("true", new SchemaOptions { Limits = new SchemaLimits { Json = new JsonLimits { MaxNumberLength = 20 } } });

        Assert.True(schema.Allows(new string('1', 20)));
        Assert.False(schema.Allows(new string('1', 21)));
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
