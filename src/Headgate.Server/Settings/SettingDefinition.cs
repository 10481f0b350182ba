namespace Headgate.Server.Settings;

/// <summary>
/// One setting of this instance. Its key is its one name: <c>drain-timeout</c> is <c>--drain-timeout</c>, <c>HEADGATE__DRAIN_TIMEOUT</c> and
/// <c>{"drain-timeout": …}</c>; <c>limits.connections</c> is <c>--set limits.connections=…</c>, <c>HEADGATE__LIMITS__CONNECTIONS</c> and
/// <c>{"limits": {"connections": …}}</c>.
/// </summary>
/// <param name="Key">The name: words joined by hyphens, groups by dots.</param>
/// <param name="ValueName">What help prints for the value: <c>URL</c>.</param>
/// <param name="Summary">One sentence for help and the reference page.</param>
internal sealed record SettingDefinition(string Key, string ValueName, string Summary)
{
    /// <summary>The prefix of environment variables that are settings.</summary>
    public const string EnvironmentPrefix = "HEADGATE__";

    /// <summary>The default as it would be written; null when the setting has none.</summary>
    public string? Default { get; init; }

    /// <summary>Whether it takes several values.</summary>
    public bool Many { get; init; }

    /// <summary>Whether it is on or off, so that its flag needs no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether it has a flag of its own; every setting can be given by <c>--set KEY=VALUE</c>.</summary>
    public bool HasFlag { get; init; } = true;

    /// <summary>The flag.</summary>
    public string Flag => HasFlag ? $"--{Key}" : $"--set {Key}=";

    /// <summary>The environment variable.</summary>
    public string EnvironmentName => EnvironmentPrefix + Key.Replace(".", "__", StringComparison.Ordinal).Replace('-', '_').ToUpperInvariant();
}
