using System.CommandLine;
using Headgate.Server.Settings;
using Headgate.Storage;

namespace Headgate.Server.Commands;

/// <summary>Which store a command works on: by flags, environment and settings file, as <c>headgate run</c> finds it.</summary>
internal sealed class StoreArguments
{
    private readonly Option<string?> _store = Flag(SettingsCatalogue.Store);
    private readonly Option<string?> _data = Flag(SettingsCatalogue.Data);
    private readonly Option<string?> _config = new("--config") { Description = $"The settings file. Default: {SettingsFile.DefaultName} in the current directory, where there is one.", HelpName = "FILE" };

    private StoreArguments()
    {
    }

    public static StoreArguments AddTo(Command command)
    {
        var arguments = new StoreArguments();
        command.Options.Add(arguments._store);
        command.Options.Add(arguments._data);
        command.Options.Add(arguments._config);
        return arguments;
    }

    /// <summary>The store; null when settings are wrong, which is then on the console.</summary>
    public StoreLocation? Read(ParseResult result, CommandConsole console)
    {
        var problems = new List<SettingProblem>();
        string? file = result.GetValue(_config) ?? (File.Exists(SettingsFile.DefaultName) ? SettingsFile.DefaultName : null);
        SettingValues values = SettingSources.Read(Given(result), Environment.GetEnvironmentVariables(), file, problems);
        StoreLocation location = new SettingReader(values, problems).Store();
        foreach (SettingProblem problem in problems)
            console.Refuse(problem.ToString());
        return problems.Count == 0 ? location : null;
    }

    private IEnumerable<(string Key, SettingText Value)> Given(ParseResult result)
    {
        if (result.GetValue(_store) is { } store)
            yield return (SettingsCatalogue.Store.Key, new SettingText(store, _store.Name));
        if (result.GetValue(_data) is { } data)
            yield return (SettingsCatalogue.Data.Key, new SettingText(data, _data.Name));
    }

    private static Option<string?> Flag(SettingDefinition setting) => new(setting.Flag)
    {
        Description = setting.Summary + (setting.Default is { } fallback ? $" Default: {fallback}." : ""),
        HelpName = setting.ValueName,
    };
}
