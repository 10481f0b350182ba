using System.Net;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.AddressList;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.SizeLimits;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Policies;

/// <summary>The reference page of limits: its tables of settings are generated, its example is run.</summary>
public class LimitsPageTests
{
    private const string Page = "limits.md";

    [Theory]
    [InlineData("rule", typeof(RateLimitRule))]
    [InlineData("extension", typeof(RateLimitExtension))]
    [InlineData("settings", typeof(RateLimitSettings))]
    [InlineData("quota", typeof(RateLimitQuota))]
    [InlineData("concurrency", typeof(ConcurrencyRule))]
    [InlineData("limits", typeof(LimitsExtension))]
    [InlineData("addresses", typeof(AddressSettings))]
    [InlineData("outbound", typeof(OutboundLimitSettings))]
    public void Settings_OfThePage_AreTheRecords(string part, Type record) => new ReferencePage(Page).Holds(part, ExtensionReferenceWriter.WriteTable(record));

    [Fact]
    public async Task Example_OfThePage_AnswersAsItSays()
    {
        string[] lines = new ReferencePage(Page).Read().Split('\n');
        string document = string.Join('\n', lines.SkipWhile(line => line != "```yaml example").Skip(1).TakeWhile(line => line != "```"));
        string[][] rows = [.. lines.SkipWhile(line => !line.StartsWith("| request |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim(' ', '`')).ToArray())];

        Assert.Equal(2, rows.Length);
        foreach (string[] row in rows)
        {
            await using LimitedGateway gateway = await LimitedGateway.StartAsync(document);
            int times = int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(row[2], $"{await gateway.AdmittedAsync(times, row[0], (TestCallers.User, "ada"))}");
            using HttpResponseMessage refused = await gateway.SendAsync(row[0], (TestCallers.User, "ada"));
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains(refused.Headers.GetValues("RateLimit"), item => item.StartsWith($"\"{row[3]}\";r=0;", StringComparison.Ordinal));
        }
    }
}
