namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Lets the binder read a type from a string (or a number as written) through its <see cref="IParsable{TSelf}"/>, and says what is
/// expected. For values of one feature that have a notation of their own, such as <c>header:X</c>.
/// </summary>
/// <param name="expected">What is expected, as messages say it after "must be".</param>
/// <param name="typeName">The type as the reference prints it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SettingTextAttribute(string expected, string typeName) : Attribute
{
    /// <summary>What is expected, as messages say it after "must be".</summary>
    public string Expected { get; } = expected;

    /// <summary>The type as the reference prints it.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>The regular expression of the JSON Schema; null where the schema only says string.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether a number is read too.</summary>
    public bool AllowNumber { get; init; }
}
