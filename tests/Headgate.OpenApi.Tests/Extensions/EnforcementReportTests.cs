using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Extensions;

public class EnforcementReportTests
{
    private const string Header = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n";

    [Fact]
    public void Of_ExtensionNotEnforced_IsCountedOncePerPlace()
    {
        ApiDocument document = Load(
            enforced: false,
            """
              /a:
                get: { x-gateway-sample: { name: a }, responses: { '200': { description: OK } } }
                put: { x-gateway-sample: { name: b }, responses: { '200': { description: OK } } }
              /b:
                get: { responses: { '200': { description: OK } } }
            """);

        EnforcementGap gap = Assert.Single(EnforcementReport.Of(document));

        Assert.Equal(("x-gateway-sample", "", 2), (gap.Extension, gap.Setting, gap.Count));
        Assert.Equal("x-gateway-sample", gap.ToString());
        Assert.Equal("/paths/~1a/get/x-gateway-sample", gap.First.Pointer);
        Assert.Empty(EnforcementReport.Of(document.Operations[2]));
        Assert.Single(EnforcementReport.Of(document.Operations[0]));
    }

    [Fact]
    public void Of_PathExtension_CountsOnceForAllItsOperations()
    {
        ApiDocument document = Load(
            enforced: true,
            """
              /a:
                x-gateway-sample: { name: a, later: 1 }
                get: { responses: { '200': { description: OK } } }
                put: { responses: { '200': { description: OK } } }
            """);

        EnforcementGap gap = Assert.Single(EnforcementReport.Of(document));

        Assert.Equal(("later", 1), (gap.Setting, gap.Count));
        Assert.Equal("x-gateway-sample.later", gap.ToString());
        Assert.Single(EnforcementReport.Of(document.Operations[1]));
    }

    [Fact]
    public void Of_SettingNotGiven_IsNoGap()
    {
        ApiDocument document = Load(enforced: true, "  /a:\n    get: { x-gateway-sample: { name: a, later: null }, responses: { '200': { description: OK } } }");

        Assert.Empty(EnforcementReport.Of(document));
    }

    [Fact]
    public void Warn_ManyPlaces_GiveOneWarning()
    {
        string paths = string.Concat(Enumerable.Range(0, 14).Select(
            i => $"  /p{i}:\n    get: {{ x-gateway-sample: {{ name: a }}, responses: {{ '200': {{ description: OK }} }} }}\n"));
        var diagnostics = new DiagnosticBag();

        EnforcementReport.Warn(Load(enforced: false, paths), diagnostics);

        Diagnostic warning = Assert.Single(diagnostics.Items);
        Assert.Equal(ExtensionDiagnostics.NotEnforced, warning.Descriptor);
        Assert.Equal("x-gateway-sample (at 14 places) is not enforced yet.", warning.Message);
        Assert.False(diagnostics.HasErrors);
    }

    [Fact]
    public void Warn_Settings_AreListedInOneWarning()
    {
        var diagnostics = new DiagnosticBag();

        EnforcementReport.Warn(Load(enforced: true, "  /a:\n    get: { x-gateway-sample: { name: a, later: 1 }, responses: { '200': { description: OK } } }"), diagnostics);

        Assert.Equal("Of x-gateway-sample, what follows is not enforced yet: later.", Assert.Single(diagnostics.Items).Message);
    }

    private static ApiDocument Load(bool enforced, string paths)
    {
        ExtensionRegistry registry = new ExtensionRegistry().Add(SampleExtension.Definition with { Enforced = enforced });
        LoadResult result = new DocumentLoader(registry).Load(DocumentSource.FromText("api.yaml", Header + paths));
        Assert.NotNull(result.Document);
        return result.Document;
    }
}
