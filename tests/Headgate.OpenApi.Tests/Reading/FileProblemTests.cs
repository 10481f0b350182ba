using System.Text;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

public sealed class FileProblemTests : IDisposable
{
    private const string Minimal = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("missing.yaml", "HG1001")]
    [InlineData("missing/api.yaml", "HG1001")]
    [InlineData("", "HG1002")]
    public void Load_PathWithoutFile_GivesOneDiagnosticAndTheFileToWatch(string name, string code)
    {
        string path = Path.Combine(_folder.FullPath, name);

        LoadResult result = Loading.LoadFile(path);

        Assert.Null(result.Document);
        Assert.Equal([code], result.Codes());
        Assert.Equal(path, Assert.Single(result.Files).FullPath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Load_ImpossiblePath_GivesADiagnostic(string path) => Assert.Equal(["HG1002"], Loading.LoadFile(path).Codes());

    [Fact]
    public void Load_FileThatIsADirectoryOnItsWay_GivesADiagnostic()
    {
        _folder.Write("file", "x");

        Assert.Contains(Assert.Single(Loading.LoadFile(Path.Combine(_folder.FullPath, "file", "api.yaml")).Codes()), new[] { "HG1001", "HG1002" });
    }

    [Fact]
    public void Load_FileThatFailsWhileItIsRead_GivesADiagnostic()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file that opens and then fails is Linux's.");

        Assert.Equal(["HG1002"], Loading.LoadFile("/proc/self/mem").Codes());
    }

    [Fact]
    public void Load_FileWithoutEnd_StopsAtTheSizeLimit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file without end is Linux's.");

        Assert.Equal(["HG1020"], Loading.LoadFile("/dev/zero").Codes());
    }

    [Fact]
    public void Load_ByteOrderMark_IsNoPartOfTheText()
    {
        LoadResult result = Loading.LoadFile(_folder.Write("api.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Minimal)]));

        Assert.Equal(1, result.Document().Root.Column);
    }

    [Fact]
    public void Load_OtherUnicode_IsRefusedClearly()
    {
        foreach (Encoding encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UnicodeEncoding(false, false)])
            Assert.Equal(["HG1003"], Loading.LoadFile(_folder.Write("api.yaml", [.. encoding.GetPreamble(), .. encoding.GetBytes(Minimal)])).Codes());
    }

    [Fact]
    public void Load_BytesThatAreNotUtf8_AreReportedWhereTheyStand()
    {
        Diagnostic finding = Assert.Single(Loading.LoadFile(_folder.Write("api.yaml", [.. "a: 1\nä: "u8, 0xC3, 0x28])).Diagnostics.Items);

        Assert.Equal(("HG1003", 2, 4), (finding.Code, finding.Location.Line, finding.Location.Column));
    }

    [Theory]
    [InlineData("api.json", "")]
    [InlineData("api.yaml", " \n\t")]
    [InlineData("api.yaml", "# only a comment\n")]
    public void Load_EmptyFile_GivesADiagnostic(string name, string text) => Assert.Equal(["HG1004"], Loading.LoadFile(_folder.Write(name, text)).Codes());

    [Theory]
    [InlineData("[]", "HG1030")]
    [InlineData("hello", "HG1030")]
    [InlineData("info: {}", "HG1030")]
    [InlineData("openapi: 3.1", "HG1030")]
    [InlineData("openapi: '3.1'", "HG1032")]
    [InlineData("openapi: 4.0.0", "HG1032")]
    [InlineData("openapi: 3.3.0", "HG1032")]
    [InlineData("swagger: '2.0'", "HG1031")]
    public void Load_OtherDocument_IsRefusedWithOneDiagnostic(string text, string code) => Assert.Equal([code], Loading.LoadText(text).Codes());

    [Theory]
    [InlineData("3.0.4", 0)]
    [InlineData("3.1.1", 1)]
    [InlineData("3.2.0", 2)]
    [InlineData("3.1.0-rc1", 1)]
    public void Load_Version_IsKnown(string version, int expected) =>
        Assert.Equal(expected, (int)Loading.LoadRest("paths: {}", version).Document().Version);

    [Fact]
    public void Load_SeveralDocuments_StandAlone()
    {
        string good = _folder.Write("good.yaml", Minimal);
        string bad = _folder.Write("bad.yaml", "openapi: 3.1.0");

        Assert.Null(Loading.LoadFile(bad).Document);
        Assert.Equal("good", Loading.LoadFile(good).Document().Name);
    }
}
