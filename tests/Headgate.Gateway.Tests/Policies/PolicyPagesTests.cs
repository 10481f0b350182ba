using System.Text;
using System.Text.Json;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Roles;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies;

/// <summary>Every policy has its page, with a generated table of settings and an example that a test runs.</summary>
public class PolicyPagesTests
{
    private static readonly Dictionary<PipelineStage, string> s_pages = new()
    {
        [PipelineStage.AnswerValidation] = "validation.md",
        [PipelineStage.Cors] = "cors.md",
        [PipelineStage.Compression] = "compression.md",
        [PipelineStage.Versioning] = "versioning.md",
        [PipelineStage.SecurityHeaders] = "security-headers.md",
        [PipelineStage.AddressLists] = "limits.md",
        [PipelineStage.SizeLimits] = "limits.md",
        [PipelineStage.ClientLimits] = "limits.md",
        [PipelineStage.Authentication] = "authentication.md",
        [PipelineStage.Tenancy] = "tenancy.md",
        [PipelineStage.CallerLimits] = "limits.md",
        [PipelineStage.Authorization] = "authorize.md",
        [PipelineStage.Deprecation] = "versioning.md",
        [PipelineStage.RequestHeaders] = "header-fields.md",
        [PipelineStage.ResponseHeaders] = "header-fields.md",
        [PipelineStage.ConcurrencyLimits] = "limits.md",
        [PipelineStage.View] = "views.md",
        [PipelineStage.RequestValidation] = "validation.md",
        [PipelineStage.Cache] = "caching.md",
    };

    public static TheoryData<PipelineStage> Stages => [.. DefaultPipeline.CreatePolicies(new KnownRoles()).Select(policy => policy.Stage).Distinct()];

    [Theory]
    [MemberData(nameof(Stages))]
    public void Policy_HasAPage_WithAGeneratedTable_AndAnExample(PipelineStage stage)
    {
        string page = new ReferencePage(s_pages[stage]).Read();

        Assert.Contains(":begin (generated", page, StringComparison.Ordinal);
        Assert.Contains("```yaml", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validation.md", "validation", typeof(ValidationExtension))]
    [InlineData("cors.md", "cors", typeof(CorsSettings))]
    [InlineData("header-fields.md", "header-fields", typeof(HeaderTransform))]
    public void Settings_OfThePage_AreTheRecords(string page, string part, Type record) => new ReferencePage(page).Holds(part, ExtensionReferenceWriter.WriteTable(record));

    [Fact]
    public async Task Example_OfValidation_AnswersAsThePageSays()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(ExampleOf("validation.md"), new PlanOptions { Upstream = upstream.Url });
        string[][] rows = RowsOf("validation.md");
        foreach (string[] row in rows)
        {
            using var request = new HttpRequestMessage(new HttpMethod(row[0].Split(' ')[0]), row[0].Split(' ')[1]);
            if (row[1].Length > 0)
                request.Content = new StringContent(row[1], Encoding.UTF8, row[0].StartsWith("PUT", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded");
            using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            string told = answer.RootElement.TryGetProperty("errors", out JsonElement errors) ? string.Join(", ", errors.EnumerateArray().Select(error => $"`{error.GetProperty("pointer").GetString()}`")) : "";

            Assert.Equal((row[0], row[2], row[3]), (row[0], $"{(int)response.StatusCode}", told.Trim('`')));
        }

        Assert.Equal(5, rows.Length);
    }

    [Fact]
    public async Task Example_OfCors_AnswersAsThePageSays()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(ExampleOf("cors.md"), new PlanOptions { Upstream = upstream.Url });
        string[][] rows = RowsOf("cors.md");
        foreach (string[] row in rows)
        {
            using var request = new HttpRequestMessage(new HttpMethod(row[0].Split(' ')[0]), row[0].Split(' ')[1]) { Headers = { { "Origin", row[1] }, { "Access-Control-Request-Method", "GET" } } };
            using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
            string allowed = response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? origins) ? origins.Single() : "";

            Assert.Equal((row[1], row[2], row[3]), (row[1], $"{(int)response.StatusCode}", allowed));
        }

        Assert.Equal(5, rows.Length);
    }

    private static string ExampleOf(string page) => string.Join('\n', new ReferencePage(page).Read().Split('\n').SkipWhile(line => line != "```yaml example").Skip(1).TakeWhile(line => line != "```"));

    private static string[][] RowsOf(string page) =>
    [
        .. new ReferencePage(page).Read().Split('\n').SkipWhile(line => !line.StartsWith("| request |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim(' ', '`')).ToArray()),
    ];
}
