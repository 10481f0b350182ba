using System.CommandLine;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary>The settings of a command that loads documents: its files, a flag for each setting, and what environment and file add.</summary>
internal sealed class SettingArguments
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "OpenAPI documents, JSON or YAML.", Arity = ArgumentArity.ZeroOrMore };
    private readonly List<(SettingDefinition Setting, Option<string[]> Option)> _flags = [];
    private readonly Option<string[]> _set = new("--set") { Description = "Any setting by its key (docs/reference/settings.md), for example limits.connections=20000.", HelpName = "KEY=VALUE" };
    private readonly Option<string?> _config = new("--config") { Description = $"The settings file. Default: {SettingsFile.DefaultName} in the current directory, where there is one.", HelpName = "FILE" };

    private SettingArguments()
    {
    }

    /// <summary>Adds arguments and options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">The settings that have a flag on it.</param>
    /// <param name="filesOption">The option that names the documents; null when they are the arguments.</param>
    public static SettingArguments AddTo(Command command, IEnumerable<SettingDefinition> settings, Option<string[]>? filesOption = null)
    {
        var arguments = new SettingArguments();
        if (filesOption is null)
            command.Arguments.Add(arguments._files);
        else
            arguments.AddFlag(command, SettingsCatalogue.Documents, filesOption);
        foreach (SettingDefinition setting in settings.Where(setting => setting.HasFlag))
            arguments.AddFlag(command, setting, OptionOf(setting));
        command.Options.Add(arguments._set);
        command.Options.Add(arguments._config);
        return arguments;
    }

    /// <summary>What the command line says, documents included; mistakes in it are left to <see cref="Read"/>.</summary>
    public IReadOnlyList<(string Key, SettingText Value)> Given(ParseResult result) => [.. FromFlags(result, [])];

    /// <summary>The settings as all sources give them; null when they are wrong, which is then on the console: every mistake on a line of its own.</summary>
    public ServerOptions? Read(ParseResult result, CommandConsole console)
    {
        var problems = new List<SettingProblem>();
        string? file = result.GetValue(_config) ?? (File.Exists(SettingsFile.DefaultName) ? SettingsFile.DefaultName : null);
        SettingValues values = SettingSources.Read(FromFlags(result, problems), Environment.GetEnvironmentVariables(), file, problems);
        ServerOptions? options = new ServerOptionsBinder(values, problems).Bind();
        foreach (SettingProblem problem in problems)
            console.Refuse(problem.ToString());
        return options;
    }

    private void AddFlag(Command command, SettingDefinition setting, Option<string[]> option)
    {
        command.Options.Add(option);
        _flags.Add((setting, option));
    }

    private static Option<string[]> OptionOf(SettingDefinition setting) => new(setting.Flag)
    {
        Description = setting.Summary + (setting.Default is { } fallback ? $" Default: {fallback}." : ""),
        HelpName = setting.ValueName,
        Arity = setting.IsSwitch ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
    };

    private IEnumerable<(string Key, SettingText Value)> FromFlags(ParseResult result, List<SettingProblem> problems)
    {
        foreach (string file in result.CommandResult.Command.Arguments.Contains(_files) ? result.GetValue(_files) ?? [] : [])
        {
            // The library takes an option that it does not know for one more argument.
            if (file.StartsWith('-'))
                problems.Add(new SettingProblem("FILE", file, "there is no such option", "see --help; a file of that name is ./" + file));
            yield return (SettingsCatalogue.Documents.Key, new SettingText(file, "FILE"));
        }

        foreach ((SettingDefinition setting, Option<string[]> option) in _flags)
        {
            if (result.GetResult(option) is not { Implicit: false })
                continue;
            string[] texts = result.GetValue(option) ?? [];
            foreach (string text in texts.Length == 0 ? ["true"] : texts)
                yield return (setting.Key, new SettingText(text, option.Name));
        }

        foreach (string set in result.GetValue(_set) ?? [])
        {
            string[] parts = set.Split('=', 2);
            if (parts.Length == 2)
                yield return (parts[0], new SettingText(parts[1], $"--set {parts[0]}"));
            else
                problems.Add(new SettingProblem("--set", set, "it has no value", "write KEY=VALUE"));
        }
    }
}
