using System.Collections;

namespace Headgate.Server.Settings;

/// <summary>Reads the three sources of settings: flags first, then environment, then file.</summary>
internal sealed class SettingSources
{
    private readonly List<SettingProblem> _problems;

    private SettingSources(List<SettingProblem> problems) => _problems = problems;

    /// <summary>Reads and joins the sources; what cannot be a setting goes to <paramref name="problems"/>.</summary>
    /// <param name="flags">Key and text of each flag in the order given, <c>--set</c> included.</param>
    /// <param name="environment">The environment of the process.</param>
    /// <param name="file">The settings file, or null for none.</param>
    /// <param name="problems">Takes one entry for each mistake.</param>
    public static SettingValues Read(IEnumerable<(string Key, SettingText Value)> flags, IDictionary environment, string? file, List<SettingProblem> problems)
    {
        var reader = new SettingSources(problems);
        var values = new SettingValues();
        values.AddWeaker(reader.Group(flags));
        values.AddWeaker(reader.Group(FromEnvironment(environment)));
        if (file is not null)
            values.AddWeaker(reader.Group(SettingsFile.Read(file, problems)));
        return values;
    }

    private static IEnumerable<(string Key, SettingText Value)> FromEnvironment(IDictionary environment)
    {
        foreach (DictionaryEntry entry in environment)
        {
            string name = (string)entry.Key;
            if (!name.StartsWith(SettingDefinition.EnvironmentPrefix, StringComparison.Ordinal))
                continue;
            SettingDefinition? setting = SettingsCatalogue.All.FirstOrDefault(known => known.EnvironmentName == name);
            string text = (string?)entry.Value ?? "";

            // A list stands in one variable: its values are separated by white space, which no URL, network or service name contains.
            string[] texts = setting is { Many: true } ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [text];
            foreach (string one in texts)
                yield return (setting?.Key ?? name, new SettingText(one, name) { Source = SettingSource.Environment });
        }
    }

    private Dictionary<string, List<SettingText>> Group(IEnumerable<(string Key, SettingText Value)> source)
    {
        var grouped = new Dictionary<string, List<SettingText>>(StringComparer.Ordinal);
        foreach ((string key, SettingText value) in source)
        {
            if (SettingsCatalogue.Find(key) is not { } setting)
            {
                _problems.Add(SettingProblem.Unknown(key, value));
                continue;
            }

            if (!grouped.TryGetValue(key, out List<SettingText>? values))
                grouped.Add(key, values = []);
            if (values.Count > 0 && !setting.Many)
                _problems.Add(new SettingProblem(value.Origin, value.Text, $"it was given already as '{values[0].Text}'", "give it once"));
            values.Add(value);
        }

        return grouped;
    }
}
