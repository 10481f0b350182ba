namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Marks a property of an extension's record as a setting that a document may give, and says what the schema and the reference
/// page print about it. The key is the property's name in camelCase unless <see cref="Key"/> says otherwise; the default is what
/// the record's initialiser sets. The C# keyword <c>required</c> makes a setting required.
/// </summary>
/// <param name="summary">What it does, in one or two sentences, with the unit where the type does not say it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string summary) : Attribute
{
    /// <summary>What it does.</summary>
    public string Summary { get; } = summary;

    /// <summary>The key in documents; null for the property's name in camelCase.</summary>
    public string? Key { get; init; }

    /// <summary>Other keys that mean the same.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>What holds when the setting is not given and the record's value is null, in words.</summary>
    public string? Default { get; init; }

    /// <summary>
    /// The values that are allowed, ends included, as <c>least..most</c> in the notation of the type: <c>1..100</c>, <c>1ms..24h</c>,
    /// <c>1KiB..1GiB</c>; either end may be missing. For lists and maps it holds for each value.
    /// </summary>
    public string? Range { get; init; }

    /// <summary>How many values a list or map may have, as <c>least..most</c>; either end may be missing.</summary>
    public string? Count { get; init; }

    /// <summary>What a string, or each string of a list or map, has to look like.</summary>
    public SettingFormat Format { get; init; }

    /// <summary>What the keys of a map have to look like.</summary>
    public SettingFormat KeyFormat { get; init; }

    /// <summary>Whether a list may be written as its only item.</summary>
    public bool AllowSingle { get; init; }
}
