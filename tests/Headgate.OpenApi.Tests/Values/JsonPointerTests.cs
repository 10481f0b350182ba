using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class JsonPointerTests
{
    // RFC 6901 §5
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("/foo", new[] { "foo" })]
    [InlineData("/foo/0", new[] { "foo", "0" })]
    [InlineData("/", new[] { "" })]
    [InlineData("/a~1b", new[] { "a/b" })]
    [InlineData("/c%d", new[] { "c%d" })]
    [InlineData("/m~0n", new[] { "m~n" })]
    [InlineData("/~01", new[] { "~1" })]
    public void TryParse_Pointer_GivesUnescapedTokens(string text, string[] tokens)
    {
        Assert.True(JsonPointer.TryParse(text, out JsonPointer pointer));
        Assert.Equal(tokens, pointer.Tokens);
        Assert.Equal(text, pointer.ToString());
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("#/foo")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(JsonPointer.TryParse(text, out _));

    [Fact]
    public void Equality_IsByText()
    {
        Assert.True(JsonPointer.TryParse("/a/b", out JsonPointer one) && JsonPointer.TryParse("/a/b", out JsonPointer other) && one == other);
        Assert.NotEqual(JsonPointer.Whole, one);
    }
}
