namespace Headgate.OpenApi.Extensions;

/// <summary>The text of an enumeration's member in documents, where it is not the member's name in kebab-case.</summary>
/// <param name="name">The text.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class SettingNameAttribute(string name) : Attribute
{
    /// <summary>The text.</summary>
    public string Name { get; } = name;
}
