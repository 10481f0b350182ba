using System.Text.Json;
using System.Xml.Linq;
using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>Every dependency has its line, and every line is a dependency.</summary>
public class DependencyPageTests
{
    private const string Page = "docs/reference/dependencies.md";

    [Fact]
    public void PackageTable_Lists_TheCentralVersions()
    {
        IEnumerable<string> declared = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}");

        Assert.Equal(declared.Order(StringComparer.Ordinal), Rows("Packages").Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UsedBy_Names_TheFoldersWhoseProjectsReferToThePackage()
    {
        (string Folder, string Text)[] projects = [.. new[] { "src", "tests", "examples", "bench" }.SelectMany(folder =>
            new[] { "*.csproj", "*.props" }.SelectMany(pattern => Directory.EnumerateFiles(Repository.PathOf(folder), pattern, SearchOption.AllDirectories))
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(file => (folder, File.ReadAllText(file))))];

        Assert.All(Rows("Packages"), row =>
        {
            string[] folders = [.. projects.Where(project => project.Text.Contains($"PackageReference Include=\"{row[0]}\"", StringComparison.Ordinal)).Select(project => project.Folder).Distinct()];
            Assert.Equal(folders.Length == 0 ? "nothing yet" : string.Join(", ", folders), row[2]);
        });
    }

    [Fact]
    public void DebianTable_Lists_TheInstalledPackages()
    {
        IEnumerable<string> installed = File.ReadLines(Repository.PathOf("scripts/debian-packages.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(fields => $"{fields[1]} {fields[0]}");

        Assert.Equal(installed.Order(StringComparer.Ordinal), Rows("Debian packages").Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NpmTable_Lists_WhatIsInstalled()
    {
        IEnumerable<string> names = new[] { "tests/node/package.json", "src/Headgate.Gateway/Publishing/Page/package.json" }.SelectMany(DependenciesOf);

        Assert.Equal(names.Order(StringComparer.Ordinal), Rows("npm packages").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    private static string[] DependenciesOf(string file)
    {
        using JsonDocument declared = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(file)));
        return [.. declared.RootElement.GetProperty("dependencies").EnumerateObject().Select(package => package.Name)];
    }

    [Theory]
    [InlineData("Packages")]
    [InlineData("Debian packages")]
    [InlineData("npm packages")]
    public void Rows_Say_WhatForLicenceAndWhyNotAnother(string heading) =>
        Assert.All(Rows(heading), row => Assert.All(row, cell => Assert.NotEmpty(cell)));

    private static IEnumerable<string[]> Rows(string heading) =>
        MarkdownPage.Read(Page).TableUnder(heading).Select(row => row.Select((cell, at) => at < 2 ? cell.Trim('`') : cell).ToArray());
}
