using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Tests.Reading;

public class SuggestionTests
{
    private static readonly string[] Known = ["parameters", "requestBody", "responses", "operationId", "security", "rate_limits"];

    [Theory]
    [InlineData("parametres", "parameters")]
    [InlineData("response", "responses")]
    [InlineData("operationID", "operationId")]
    [InlineData("rateLimits", "rate_limits")]
    [InlineData("requestbody", "requestBody")]
    public void Closest_MisspeltName_GivesTheKnownOne(string given, string expected) =>
        Assert.Equal(expected, Suggestion.Closest(given, Known));

    [Theory]
    [InlineData("")]
    [InlineData("zebra")]
    [InlineData("p")]
    public void Closest_NothingNear_GivesNull(string given) => Assert.Null(Suggestion.Closest(given, Known));

    [Fact]
    public void Closest_HugeName_GivesNullWithoutComparing() => Assert.Null(Suggestion.Closest(new string('a', 1_000_000), Known));
}
