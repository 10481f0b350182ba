namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Marks the map that takes every key which no other setting of the record has: the named values beside <c>default</c> in
/// <c>timeout: { default: 30, long-running: 120 }</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OtherSettingsAttribute : Attribute;
