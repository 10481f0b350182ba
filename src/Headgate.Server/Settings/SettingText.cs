namespace Headgate.Server.Settings;

/// <summary>A value of a setting as somebody wrote it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Origin">Where it was written, as messages say it: <c>--listen</c>, <c>HEADGATE__LISTEN</c>, <c>headgate.json: listen</c>.</param>
internal readonly record struct SettingText(string Text, string Origin)
{
    /// <summary>What kind of place that is.</summary>
    public SettingSource Source { get; init; }
}
