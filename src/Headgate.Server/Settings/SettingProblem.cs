using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Settings;

/// <summary>A setting that cannot be used: which, what was given, why not, and what to do. Its text never has a password of a URL.</summary>
/// <param name="Origin">Where it was written.</param>
/// <param name="Value">What was written.</param>
/// <param name="Reason">Why it cannot be used.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed record SettingProblem(string Origin, string Value, string Reason, string Fix)
{
    public static SettingProblem Unknown(string key, SettingText value)
    {
        string? nearest = Suggestion.Closest(key, SettingsCatalogue.All.Select(setting => NameAt(setting, value.Origin)));
        string fix = nearest is null ? "remove it, or see docs/reference/settings.md for the names" : $"did you mean {nearest}?";
        return new SettingProblem(value.Origin, value.Text, $"there is no setting {key}", fix);
    }

    /// <summary>One line.</summary>
    public override string ToString() => UrlPassword.Hide($"{Origin}: '{Value}' cannot be used: {Reason}; {Fix}");

    private static string NameAt(SettingDefinition setting, string origin) =>
        origin.StartsWith(SettingDefinition.EnvironmentPrefix, StringComparison.Ordinal) ? setting.EnvironmentName : setting.Key;
}
