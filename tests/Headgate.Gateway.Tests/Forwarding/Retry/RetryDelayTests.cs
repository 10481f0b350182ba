using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.OpenApi.Values;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Tests.Forwarding.Retry;

/// <summary>How long calls wait before they are repeated.</summary>
public class RetryDelayTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(Backoff.Exponential, 1, 0, 1.0)]
    [InlineData(Backoff.Exponential, 2, 0, 2.0)]
    [InlineData(Backoff.Exponential, 3, 0, 4.0)]
    [InlineData(Backoff.Exponential, 5, 0, 10.0)]
    [InlineData(Backoff.Exponential, 9, 0, 10.0)]
    [InlineData(Backoff.Exponential, 1, 0.5, 1.15)]
    [InlineData(Backoff.Exponential, 9, 0.5, 11.5)]
    [InlineData(Backoff.Linear, 3, 0, 3.0)]
    [InlineData(Backoff.Constant, 3, 0, 1.0)]
    public void Wait_Grows_ToItsBound_AndChanceAddsThirtyPercentAtMost(Backoff backoff, int tries, double chance, double seconds) =>
        Assert.Equal(seconds, RetryDelay.After(new RetrySettings { Backoff = backoff }, tries, chance).TotalSeconds, 6);

    [Fact]
    public void Wait_WithSeededChance_IsTheSameAgain()
    {
        static double[] Waits()
        {
            var random = new Random(7);
            return [.. Enumerable.Range(1, 5).Select(tries => RetryDelay.After(new RetrySettings { BaseDelay = Duration.FromSeconds(0.1) }, tries, random.NextDouble()).TotalSeconds)];
        }

        Assert.Equal(Waits(), Waits());
        Assert.All(Waits().Zip([0.1, 0.2, 0.4, 0.8, 1.6]), pair => Assert.InRange(pair.First, pair.Second, pair.Second * 1.3));
    }

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("0", 0.0)]
    [InlineData("Fri, 02 Jan 2026 03:04:15 GMT", 10.0)]
    [InlineData("Fri, 02 Jan 2026 03:04:00 GMT", 0.0)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    [InlineData("99999999999999", null)]
    [InlineData("", null)]
    public void RetryAfter_IsSecondsOrADate(string field, double? seconds) =>
        Assert.Equal(seconds, RetryAfterField.Read(field, s_now)?.TotalSeconds);

    [Fact]
    public void RetryAfter_Twice_IsNone() => Assert.Null(RetryAfterField.Read(new StringValues(["1", "2"]), s_now));

    [Fact]
    public void RetryAfter_Missing_IsNone() => Assert.Null(RetryAfterField.Read(StringValues.Empty, DateTimeOffset.Parse("2026-01-01", CultureInfo.InvariantCulture)));
}
