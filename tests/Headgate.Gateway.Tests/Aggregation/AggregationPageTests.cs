using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.View;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>The reference pages of aggregation and views: their tables of settings are generated, and their examples run.</summary>
public class AggregationPageTests
{
    [Theory]
    [InlineData("aggregation.md", "aggregate", typeof(AggregateExtension))]
    [InlineData("views.md", "view", typeof(ViewExtension))]
    public void Settings_OfThePage_AreTheRecords(string page, string part, Type record) => new ReferencePage(page).Holds(part, ExtensionReferenceWriter.WriteTable(record));

    [Fact]
    public async Task Example_OfAggregation_AnswersAsThePageSays()
    {
        string page = new ReferencePage("aggregation.md").Read();
        string[][] table = TableAfter(page, "What the services answer");
        await using PartServices services = await PartServices.StartAsync();
        var urls = new[] { "user-service", "product-service", "order-service", "news-service" }.ToDictionary(name => name, _ => (IReadOnlyList<Uri>)[services.Url]);
        await using TestGateway gateway = await TestGateway.StartAsync(ExampleOf(page), new PlanOptions { Services = urls });
        foreach (string[] row in table[1..])
        {
            for (int i = 0; i < urls.Count; i++)
            {
                bool isStatus = int.TryParse(row[i], out int refusal);
                services.On(table[0][i].Trim('`').Split('?')[0], isStatus ? "{}" : row[i].Trim('`'), isStatus ? refusal : 200);
            }

            var (status, body, _) = await AggregateGateway.AskAsync(gateway, "/shelf?user=ada");
            Assert.Equal((row[4], row[5].Trim('`')), ($"{status}", status == 200 ? body : ""));
        }

        foreach (string target in table[0][..4])
            Assert.Contains($"GET {target.Trim('`')}", services.Asked);
        Assert.Equal(4, table.Length - 1);
    }

    [Fact]
    public async Task Example_OfViews_AnswersAsThePageSays()
    {
        string page = new ReferencePage("views.md").Read();
        string[][] table = TableAfter(page, "The service answers");
        int start = page.IndexOf("The service answers `", StringComparison.Ordinal) + "The service answers `".Length;
        string answer = page[start..page.IndexOf('`', start)];
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answer);
        });
        await using TestGateway gateway = await TestGateway.StartAsync(ExampleOf(page), new PlanOptions { Upstream = upstream.Url });
        foreach (string[] row in table[1..])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/items/7");
            if (row[0].Length > 0)
                request.Headers.Add("X-View", row[0].Trim('`'));
            using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
            string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal((row[1], row[2].Trim('`')), ($"{(int)response.StatusCode}", response.IsSuccessStatusCode ? body : ""));
        }

        Assert.Equal(4, table.Length - 1);
    }

    private static string ExampleOf(string page)
    {
        int start = page.IndexOf("```yaml example\n", StringComparison.Ordinal) + "```yaml example\n".Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    // The head of the table, then its rows, without the line between them.
    private static string[][] TableAfter(string page, string text)
    {
        IEnumerable<string> lines = page[page.IndexOf(text, StringComparison.Ordinal)..].Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        return [.. lines.Where(line => !line.StartsWith("|---", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
    }
}
