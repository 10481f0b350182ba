using System.Reflection;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Conformance;

/// <summary>Holds the reference page to the code.</summary>
public class SupportPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ConformanceFiles.RepositoryRoot, "docs/reference/openapi-support.md"));

    [Fact]
    public void Page_EveryDiagnostic_HasItsRow()
    {
        DiagnosticDescriptor[] catalogue = [.. typeof(OpenApiDiagnostics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (DiagnosticDescriptor)field.GetValue(null)!)];

        Assert.NotEmpty(catalogue);
        Assert.All(catalogue, descriptor =>
        {
            Assert.InRange(descriptor.Code, "HG1000", "HG1499");
            Assert.Contains($"| {descriptor.Code} | {(descriptor.Severity == DiagnosticSeverity.Error ? "error" : "warning")} | {descriptor.Title} |", Page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Page_EveryLimit_HasItsDefault()
    {
        Assert.All(typeof(LoadLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(int)), property =>
        {
            int value = (int)property.GetValue(LoadLimits.Default)!;
            string shown = property.Name == nameof(LoadLimits.MaxFileBytes) ? $"{value / 1024 / 1024} MiB" : value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Contains(Page.Split('\n'), line => line.Contains($"`{property.Name}`", StringComparison.Ordinal) && line.Contains($"| {shown}", StringComparison.Ordinal));
        });
    }
}
