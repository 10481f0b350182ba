using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

public class LimitFieldTextsTests
{
    [Theory]
    [InlineData(0, 0, "\"a\";r=0;t=0")]
    [InlineData(42, 30, "\"a\";r=42;t=30")]
    [InlineData(9_999, 9_999, "\"a\";r=9999;t=9999")]
    [InlineData(10_009, 10_001, "\"a\";r=10000;t=10010")]
    [InlineData(123_456_789, 2_678_399, "\"a\";r=123400000;t=2679000")]
    [InlineData(1_000_000_000, 2_678_000, "\"a\";r=1000000000;t=2678000")]
    [InlineData(int.MaxValue, int.MaxValue, "\"a\";r=2147000000;t=2147483647")]
    public void Text_OfNumbers_TellsThemInFourFigures(int remaining, int seconds, string expected) =>
        Assert.Equal(expected, new LimitFieldTexts().Get("\"a\"", remaining, seconds));

    [Fact]
    public void Text_ThatWasWrittenLately_IsTheSameString()
    {
        var texts = new LimitFieldTexts();
        string name = "\"a\"";
        Assert.Same(texts.Get(name, 42, 30), texts.Get(name, 42, 30));
        Assert.NotEqual(texts.Get(name, 42, 30), texts.Get(name, 42, 31));
    }

    [Fact]
    public void Texts_OfManyNumbers_AreEachRight()
    {
        var texts = new LimitFieldTexts();
        string[] names = ["\"a\"", "\"b\"", "\"c\""];
        for (int i = 0; i < 3 * LimitFieldTexts.MostTexts; i++)
            Assert.Equal($"{names[i % 3]};r={i % 9000};t={i % 700}", texts.Get(names[i % 3], i % 9000, i % 700));
    }
}
