namespace Headgate.Server.Settings;

/// <summary>What flags, environment and file say together, by setting. Filled by <see cref="SettingSources"/>, from the strongest source to the weakest.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, IReadOnlyList<SettingText>> _values = new(StringComparer.Ordinal);

    /// <summary>The values of a setting; empty when nobody gives it.</summary>
    public IReadOnlyList<SettingText> this[SettingDefinition setting] => _values.GetValueOrDefault(setting.Key, []);

    /// <summary>The values of a setting; that of its default when nobody gives it.</summary>
    public IReadOnlyList<SettingText> OrDefault(SettingDefinition setting) => this[setting] is { Count: > 0 } given
        ? given
        : setting.Default is { } fallback ? [new SettingText(fallback, "default") { Source = SettingSource.Default }] : [];

    /// <summary>Takes what one source says. A setting that a stronger source gave already stays; services are joined by name.</summary>
    public void AddWeaker(IReadOnlyDictionary<string, List<SettingText>> source)
    {
        foreach ((string key, List<SettingText> values) in source)
        {
            if (!_values.TryGetValue(key, out IReadOnlyList<SettingText>? stronger))
                _values.Add(key, values);
            else if (key == SettingsCatalogue.Service.Key)
                _values[key] = [.. stronger, .. values.Where(value => !stronger.Any(known => NameOf(known) == NameOf(value)))];
        }
    }

    private static string NameOf(SettingText service) => service.Text.Split('=', 2)[0];
}
