using System.Globalization;
using System.Reflection;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Formats;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Tests.Conformance;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>Holds the reference page of schemas to the code.</summary>
public class SchemasPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(ConformanceFiles.RepositoryRoot, "docs/reference/schemas.md"));

    [Fact]
    public void Page_EveryDiagnostic_HasItsRow()
    {
        DiagnosticDescriptor[] catalogue = [.. typeof(SchemaDiagnostics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (DiagnosticDescriptor)field.GetValue(null)!)];

        Assert.NotEmpty(catalogue);
        Assert.All(catalogue, descriptor => Assert.Contains($"| {descriptor.Code} | {(descriptor.Severity == DiagnosticSeverity.Error ? "error" : "warning")} | {descriptor.Title} |", s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_EveryLimit_HasItsDefault()
    {
        var defaults = new Dictionary<string, long>
        {
            [nameof(JsonLimits.MaxDepth)] = JsonLimits.Default.MaxDepth,
            [nameof(JsonLimits.MaxValues)] = JsonLimits.Default.MaxValues,
            [nameof(JsonLimits.MaxNumberLength)] = JsonLimits.Default.MaxNumberLength,
            [nameof(SchemaLimits.MaxSteps)] = SchemaLimits.Default.MaxSteps,
            [nameof(SchemaLimits.MaxStepsPerValue)] = SchemaLimits.Default.MaxStepsPerValue,
            [nameof(SchemaLimits.MaxViolations)] = SchemaLimits.Default.MaxViolations,
        };

        Assert.All(defaults, limit => Assert.Contains(s_page.Split('\n'), line => line.StartsWith($"| `{limit.Key}`:", StringComparison.Ordinal) && line.Contains($"| {limit.Value.ToString("N0", CultureInfo.InvariantCulture)} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Page_Formats_AreThoseOfTheCatalogue() =>
        Assert.Contains($"Asserted: {string.Join(", ", FormatCatalogue.All.Select(format => $"`{format.Name}`"))}.", s_page.ReplaceLineEndings(" "), StringComparison.Ordinal);

    [Fact]
    public void Page_MandatoryTests_AreCounted()
    {
        string[] files = [.. JsonSchemaSuite.Files("draft2020-12")];
        int count = files.Sum(file => JsonSchemaSuite.Run($"draft2020-12/{file}").Count);

        Assert.Contains($"({count.ToString("N0", CultureInfo.InvariantCulture)} tests in {files.Length} files)", s_page, StringComparison.Ordinal);
    }
}
