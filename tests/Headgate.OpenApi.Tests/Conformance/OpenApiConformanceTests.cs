using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Conformance;

public class OpenApiConformanceTests
{
    public static TheoryData<string> Passing =>
        [.. ConformanceFiles.List("schema-3.1/pass", ".yaml"),
         .. ConformanceFiles.List("examples/v3.0", ".yaml", ".json"),
         .. ConformanceFiles.List("examples/v3.1", ".yaml", ".json"),
         .. ConformanceFiles.List("examples/v3.2", ".yaml", ".json")];

    public static TheoryData<string> Swagger => [.. ConformanceFiles.List("examples/v2.0", ".yaml", ".json").Where(IsEntryDocument)];

    [Theory]
    [MemberData(nameof(Passing))]
    public void Load_DocumentOfThePassSet_Loads(string file)
    {
        LoadResult result = Loading.LoadFile(ConformanceFiles.PathOf(file));

        Assert.NotNull(result.Document());
        Assert.DoesNotContain(result.Diagnostics.Items, item => item.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("example-examples.yaml", "HG1209", "/components/parameters/animal/examples")]
    [InlineData("header-object-allowReserved.yaml", "HG1204", "/components/headers/Style/allowReserved")]
    [InlineData("invalid_schema_types.yaml", "HG1201", "/components/schemas/invalid_null")]
    [InlineData("invalid_schema_types.yaml", "HG1201", "/components/schemas/invalid_number")]
    [InlineData("invalid_schema_types.yaml", "HG1201", "/components/schemas/invalid_array")]
    [InlineData("link-object-no-body.yaml", "HG1203", "/components/links/Link-Object-with-body-property/body")]
    [InlineData("no_containers.yaml", "HG1208", "")]
    [InlineData("parameter-object-cookie-form-allowReserved.yaml", "HG1212", "/components/parameters/style_form/allowReserved")]
    [InlineData("parameter-object-cookie-form-allowReserved.yaml", "HG1211", "/components/parameters/style_cookie/style")]
    [InlineData("parameter-object-header-allowReserved.yaml", "HG1212", "/components/parameters/header/allowReserved")]
    [InlineData("parameter-object-path-allowReserved.yaml", "HG1212", "/components/parameters/path/allowReserved")]
    [InlineData("server_enum_empty.yaml", "HG1206", "/servers/0/variables/var/enum")]
    [InlineData("servers.yaml", "HG1201", "/servers")]
    [InlineData("unknown_container.yaml", "HG1203", "/overlays")]
    [InlineData("unknown_container.yaml", "HG1208", "")]
    public void Load_DocumentOfTheFailSet_IsRefusedForItsReason(string file, string code, string pointer)
    {
        LoadResult result = Loading.LoadFile(ConformanceFiles.PathOf($"schema-3.1/fail/{file}"));

        Assert.Null(result.Document);
        Assert.Contains(result.Diagnostics.Items, item => item.Code == code && item.Pointer == pointer && item.Location.Line > 0 && item.Location.File.EndsWith(file, StringComparison.Ordinal));
    }

    [Fact]
    public void FailSet_EveryFile_HasItsReasonAbove()
    {
        var covered = typeof(OpenApiConformanceTests).GetMethod(nameof(Load_DocumentOfTheFailSet_IsRefusedForItsReason))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!).ToHashSet();

        Assert.All(ConformanceFiles.List("schema-3.1/fail", ".yaml"), file => Assert.Contains(Path.GetFileName(file), covered));
    }

    [Theory]
    [MemberData(nameof(Swagger))]
    public void Load_Swagger2_IsRefusedWithOneDiagnostic(string file)
    {
        LoadResult result = Loading.LoadFile(ConformanceFiles.PathOf(file));

        Assert.Null(result.Document);
        Assert.Equal("HG1031", Assert.Single(result.Diagnostics.Items).Code);
    }

    // The other files of the split example are fragments that its entry document refers to.
    private static bool IsEntryDocument(string file) => !file.Contains("petstore-separate", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("swagger", StringComparison.Ordinal);
}
