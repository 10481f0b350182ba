using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Gateway.Telemetry.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

public partial class ReferencePageTests
{
    [Fact]
    public void Metrics_Table_IsTheCatalogues()
    {
        var table = new StringBuilder("| name | type | labels | meaning | OTLP name (unit) |\n|---|---|---|---|---|\n");
        foreach (MetricDescriptor metric in MetricCatalogue.All)
        {
            string labels = string.Join(", ", metric.Labels.Select(label => $"`{label}`"));
            string kind = metric.Kind.ToString().ToLowerInvariant();
            table.Append(null, $"| `{metric.Name}` | {kind} | {labels} | {metric.Help} | `{metric.OtlpName}` ({metric.Unit}) |\n");
        }

        new ReferencePage("metrics.md").Holds("metrics", table.ToString());
    }

    // What is not in the list would be counted and never written; what nobody counts would be promised.
    [Fact]
    public async Task Metrics_OfTheTable_AreAllThatThereAre_AndAreCounted()
    {
        string[] declared =
        [
            .. typeof(MetricCatalogue).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(field => field.FieldType == typeof(MetricDescriptor)).Select(field => ((MetricDescriptor)field.GetValue(null)!).Name),
        ];
        Assert.Equal(declared.Order(StringComparer.Ordinal), MetricCatalogue.All.Select(metric => metric.Name).Order(StringComparer.Ordinal));
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        Assert.Equal(MetricCatalogue.All.Select(metric => metric.Name), telemetry.Metrics.Families.Select(family => family.Descriptor.Name));
    }

    [Fact]
    public void AccessLog_RedactedNames_AreTheRedactors()
    {
        IEnumerable<string> names = QueryRedactor.DefaultNames.Concat(QueryRedactor.DefaultEndings.Select(ending => "*" + ending)).Order(StringComparer.Ordinal).Select(name => $"`{name}`");

        new ReferencePage("access-log.md").Holds("names", $"  {string.Join(", ", names)}\n");
    }

    [Fact]
    public void AccessLog_Fields_AreThoseOfALine()
    {
        string page = new ReferencePage("access-log.md").Read();
        string table = page[page.IndexOf("## Fields", StringComparison.Ordinal)..page.IndexOf("A field that does not apply", StringComparison.Ordinal)];
        string[] documented = [.. FieldName().Matches(table).Select(match => match.Groups[1].Value)];
        string example = page.Split('\n').Single(line => line.StartsWith('{'));

        Assert.Equal(AccessLogLineTests.Example(AccessLogFormat.Json), example + "\n");
        Assert.Contains(AccessLogLineTests.Example(AccessLogFormat.Text), page, StringComparison.Ordinal);
        Assert.Equal([.. AccessLogLineTests.FieldsOf(example).Append("error").Order()], documented.Order());
    }

    [GeneratedRegex("^\\| `([A-Za-z.]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex FieldName();
}
