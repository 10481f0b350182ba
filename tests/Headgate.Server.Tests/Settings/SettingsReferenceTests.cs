using System.Runtime.CompilerServices;
using System.Text;
using Headgate.Server.Settings;

namespace Headgate.Server.Tests.Settings;

/// <summary>The reference page says what the program does. With <c>HEADGATE_UPDATE_DOCS=1</c> the table is written instead of compared.</summary>
public class SettingsReferenceTests
{
    private const string Begin = "<!-- settings: begin -->\n";
    private const string End = "<!-- settings: end -->\n";

    [Fact]
    public void ReferencePage_Table_IsTheCatalogue()
    {
        string path = PathOfPage();
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("HEADGATE_UPDATE_DOCS") == "1")
            File.WriteAllText(path, page = page[..begin] + Table() + page[end..]);
        end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.Equal(Table(), page[begin..end]);
    }

    [Fact]
    public void Catalogue_Defaults_AreValid()
    {
        var problems = new List<SettingProblem>();
        IEnumerable<(string, SettingText)> defaults = SettingsCatalogue.All.Where(setting => setting.Default is not null)
            .Select(setting => (setting.Key, new SettingText(setting.Default!, setting.Key)));
        SettingValues values = SettingSources.Read(defaults.Append(("documents", new SettingText("api.yaml", "FILE"))), new Dictionary<string, string>(), null, problems);
        Assert.NotNull(new ServerOptionsBinder(values, problems).Bind());
    }

    private static string Table()
    {
        var table = new StringBuilder("| setting | flag | environment | value | default | meaning |\n|---|---|---|---|---|---|\n");
        foreach (SettingDefinition setting in SettingsCatalogue.All)
        {
            string flag = setting == SettingsCatalogue.Documents ? "`FILE…`" : setting.HasFlag ? $"`{setting.Flag}`" : "`--set`";
            string value = Cell(setting.ValueName) + (setting.Many ? ", several" : "");
            string fallback = setting.Default is null ? "" : $"`{Cell(setting.Default)}`";
            table.Append("| `").Append(setting.Key).Append("` | ").Append(flag).Append(" | `").Append(setting.EnvironmentName).Append("` | ")
                .Append(value).Append(" | ").Append(fallback).Append(" | ").Append(Cell(setting.Summary)).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string PathOfPage([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs/reference/settings.md"));
}
