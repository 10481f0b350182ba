using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Overlays;

/// <summary>Which of several documents an overlay is applied to.</summary>
public class OverlayTargetTests
{
    private const string Plain = "openapi: 3.2.0\ninfo: { title: T, version: '1' }\npaths: {}\n";

    [Theory]
    [InlineData(null, "orders.yaml users.yaml")]
    [InlineData("orders.yaml", "orders.yaml")]
    [InlineData("./users.yaml", "users.yaml")]
    [InlineData("../DIRECTORY/users.yaml", "users.yaml")]
    [InlineData("https://vendor.example/apis/users.yaml", "users.yaml")]
    [InlineData("https://vendor.example/self", "orders.yaml")]
    public void LoadAll_Overlay_IsAppliedToTheDocumentThatItExtends(string? extends, string applied)
    {
        using var folder = new TemporaryFolder();
        string named = extends?.Replace("DIRECTORY", Path.GetFileName(folder.FullPath), StringComparison.Ordinal) ?? "";

        IReadOnlyList<LoadResult> loads = Load(folder, Overlay(named));

        Assert.All(loads, load => Assert.Empty(load.Codes()));
        Assert.Equal(applied.Split(' '), loads.Where(load => load.Document().Title == "changed").Select(load => Path.GetFileName(load.Files[0].Path)));
    }

    [Theory]
    [InlineData("order.yaml")]
    [InlineData("../orders.yaml")]
    [InlineData("https://vendor.example/openapi.yaml")]
    [InlineData("orders.yaml\\0")]
    public void LoadAll_OverlayThatExtendsNone_KeepsEveryDocumentFromRunning(string extends)
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<LoadResult> loads = Load(folder, Overlay(extends));

        Assert.All(loads, load =>
        {
            Diagnostic finding = load.Single(OpenApiDiagnostics.ExtendsOther);
            Assert.Equal(("gateway.overlay.yaml", 2), (Path.GetFileName(finding.Location.File), finding.Location.Line));
            Assert.Contains("users.yaml", finding.Message, StringComparison.Ordinal);
            Assert.Null(load.Document);
            Assert.Equal("T", load.Readable!.Title);
        });
    }

    [Fact]
    public void LoadAll_MistakeInAnOverlay_IsToldWhereItIsApplied()
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<LoadResult> loads = Load(folder, Overlay("users.yaml").Replace("title: changed", "title: [1]", StringComparison.Ordinal));

        Assert.Empty(loads[0].Codes());
        Assert.NotEmpty(loads[1].Codes());
    }

    [Fact]
    public void LoadAll_OverlayOfAnotherDocument_IsWatchedAllTheSame()
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<LoadResult> loads = Load(folder, Overlay("users.yaml"));

        // What it extends may change.
        Assert.All(loads, load => Assert.Contains(load.Files, file => Path.GetFileName(file.Path) == "gateway.overlay.yaml"));
    }

    private static string Overlay(string extends) =>
        $"overlay: 1.1.0\n{(extends.Length == 0 ? "" : $"extends: \"{extends}\"\n")}info: {{ title: O, version: '1' }}\nactions:\n  - target: $.info\n    update: {{ title: changed }}\n";

    private static IReadOnlyList<LoadResult> Load(TemporaryFolder folder, string overlay) => new DocumentLoader(new ExtensionRegistry()).LoadAll(
        [
            DocumentSource.FromFile(folder.Write("orders.yaml", Plain + "$self: https://vendor.example/self\n")),
            DocumentSource.FromFile(folder.Write("users.yaml", Plain)),
        ],
        [DocumentSource.FromFile(folder.Write("gateway.overlay.yaml", overlay))]);
}
