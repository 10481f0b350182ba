using Headgate.Bench.Load;

namespace Headgate.Bench.Tests;

public class WrkScriptTests
{
    [Fact]
    public void Post_SetsMethodHeadersAndABodyOfTheAskedLength()
    {
        var script = WrkScript.For(new LoadRequest("/orders")
        {
            Method = "POST",
            BodyBytes = 64,
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer \"x\"" },
        });

        Assert.Contains("wrk.method = \"POST\"", script, StringComparison.Ordinal);
        Assert.Contains("wrk.headers[\"Authorization\"] = \"Bearer \\\"x\\\"\"", script, StringComparison.Ordinal);
        Assert.Contains(JsonPadding.OfLength(64).Replace("\"", "\\\"", StringComparison.Ordinal), script, StringComparison.Ordinal);
        Assert.DoesNotContain("request = function", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_RotateThroughThePattern()
    {
        var script = WrkScript.For(new LoadRequest("/area%d/items/1") { Operations = 10 });

        Assert.Contains("% 10", script, StringComparison.Ordinal);
        Assert.Contains("string.format(\"/area%d/items/1\", at)", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tokens_AreReadOneForEachRequest_AndAgainOnlyWhereTheyRepeat(bool repeats)
    {
        var script = WrkScript.For(new LoadRequest("/a") { Tokens = new TokenFile("/tmp/tokens.txt", repeats) });

        Assert.Contains("io.open(\"/tmp/tokens.txt\")", script, StringComparison.Ordinal);
        Assert.Contains("line .. \"Authorization: Bearer \"", script, StringComparison.Ordinal);
        Assert.Equal(repeats, script.Contains("tokens:seek", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1024)]
    [InlineData(16 * 1024)]
    public void Padding_HasExactlyTheAskedLengthAndIsJson(int bytes)
    {
        var json = JsonPadding.OfLength(bytes);

        Assert.Equal(bytes, json.Length);
        using var document = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("0001", document.RootElement.GetProperty("id").GetString());
    }
}
