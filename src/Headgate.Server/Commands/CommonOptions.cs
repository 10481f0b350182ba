using System.CommandLine;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Format() => new("--format")
    {
        Description = "How the result is printed.",
        HelpName = "text|json",
        DefaultValueFactory = _ => OutputFormat.Text,
    };

    /// <summary>The directory that tells the address and the key of a running instance.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "The data directory of the running instance: it tells the instance's address and admin key.",
        HelpName = SettingsCatalogue.Data.ValueName,
        DefaultValueFactory = _ => DataDirectory(),
    };

    /// <summary>The data directory that environment, settings file or default name. A file with mistakes is the business of <c>run</c>: here it names none.</summary>
    public static string DataDirectory() =>
        Environment.GetEnvironmentVariable(SettingsCatalogue.Data.EnvironmentName) ?? FromFile() ?? SettingsCatalogue.Data.Default!;

    private static string? FromFile() => File.Exists(SettingsFile.DefaultName)
        ? SettingsFile.Read(SettingsFile.DefaultName, []).Where(setting => setting.Key == SettingsCatalogue.Data.Key).Select(setting => setting.Value.Text).FirstOrDefault()
        : null;

    /// <summary>The address of a running instance.</summary>
    public static Option<string?> Admin() => new("--admin")
    {
        Description = "The admin address of the running instance. Default: what the data directory says.",
        HelpName = SettingsCatalogue.Admin.ValueName,
    };
}
