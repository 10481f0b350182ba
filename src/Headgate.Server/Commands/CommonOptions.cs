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
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(SettingsCatalogue.Data.EnvironmentName) ?? SettingsCatalogue.Data.Default!,
    };

    /// <summary>The address of a running instance.</summary>
    public static Option<string?> Admin() => new("--admin")
    {
        Description = "The admin address of the running instance. Default: what the data directory says.",
        HelpName = SettingsCatalogue.Admin.ValueName,
    };
}
