using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Policies.Versioning;

/// <summary>Holds <c>docs/reference/versioning.md</c> to the types, and its example to what a gateway answers.</summary>
public class VersioningPageTests
{
    private const string Page = "versioning.md";

    [Theory]
    [InlineData("versioning", typeof(VersioningSettings))]
    [InlineData("x-gateway-sunset", typeof(SunsetExtension))]
    public void Settings_OfThePage_AreTheRecords(string part, Type record) => new ReferencePage(Page).Holds(part, ExtensionReferenceWriter.WriteTable(record));

    [Fact]
    public async Task Example_OfThePage_SaysWhichVersionItIsAndWhenItEnds()
    {
        string document = string.Join('\n', new ReferencePage(Page).Read().Split('\n').SkipWhile(line => line != "```yaml example").Skip(1).TakeWhile(line => line != "```"));
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(document);
        using HttpResponseMessage response = await gateway.SendAsync("GET /orders");

        Assert.Equal("v1", response.Headers.GetValues("api-version").Single());
        Assert.Equal($"@{new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}", response.Headers.GetValues("Deprecation").Single());
        Assert.Equal(new DateTimeOffset(2030, 6, 30, 0, 0, 0, TimeSpan.Zero).ToString("r", CultureInfo.InvariantCulture), response.Headers.GetValues("Sunset").Single());
        Assert.Equal("</v2/orders>; rel=\"successor-version\"", response.Headers.GetValues("Link").Single());
    }
}
