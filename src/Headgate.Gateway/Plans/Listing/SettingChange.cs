namespace Headgate.Gateway.Plans.Listing;

/// <summary>A setting that differs between two plans.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Before">What holds in the one; null where it has no such setting.</param>
/// <param name="After">What holds in the other; null where it has no such setting.</param>
public sealed record SettingChange(string Name, string? Before, string? After);
