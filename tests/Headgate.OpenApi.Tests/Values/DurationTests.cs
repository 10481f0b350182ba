using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("30", 30_000)]
    [InlineData("0.5", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("1m", 60_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2d", 172_800_000)]
    public void TryParse_NumberAndUnit_IsRead(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out Duration duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1 s")]
    [InlineData(" 1s")]
    [InlineData("1,5s")]
    [InlineData("1S")]
    [InlineData("1w")]
    [InlineData("1h30m")]
    [InlineData("PT1H")]
    [InlineData("10675200d")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("NaN")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("0", "0s")]
    [InlineData("60", "1m")]
    [InlineData("90", "90s")]
    [InlineData("1500ms", "1500ms")]
    [InlineData("24h", "1d")]
    public void ToString_UsesTheLargestWholeUnit(string text, string printed)
    {
        Assert.True(Duration.TryParse(text, out Duration duration));
        Assert.Equal(printed, duration.ToString());
    }

    [Fact]
    public void Comparison_FollowsLength()
    {
        Assert.True(Duration.FromSeconds(1) < Duration.FromSeconds(2));
        Assert.True(Duration.FromSeconds(2) >= Duration.FromSeconds(2));
        TimeSpan converted = Duration.FromSeconds(3);
        Assert.Equal(TimeSpan.FromSeconds(3), converted);
    }
}
