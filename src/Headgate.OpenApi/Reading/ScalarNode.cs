using System.Globalization;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// A string, number, boolean or null. YAML plain scalars are resolved by the YAML 1.2 core schema, so <c>on</c>, <c>no</c> and
/// <c>1.0.0</c> are strings, and OpenAPI's numbers mean the same in both notations.
/// </summary>
public sealed class ScalarNode(SourceFile file, int line, int column, ScalarKind kind, string text) : DocumentNode(file, line, column)
{
    /// <summary>The type of the value.</summary>
    public ScalarKind Kind { get; } = kind;

    /// <summary>The string's value without quotes and escapes, or the number, boolean or null as JSON writes it.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string KindName => Kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => "boolean",
        ScalarKind.Number => "number",
        _ => "string",
    };

    /// <summary>The string, or null when the value is not a string.</summary>
    public string? AsString() => Kind == ScalarKind.String ? Text : null;

    /// <summary>The boolean, or null when the value is not one.</summary>
    public bool? AsBoolean() => Kind == ScalarKind.Boolean ? Text == "true" : null;

    /// <summary>The integer, or null when the value is not a whole number that fits 64 bits.</summary>
    public long? AsInteger() =>
        Kind == ScalarKind.Number && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
        && decimal.IsInteger(value) && value is >= long.MinValue and <= long.MaxValue
            ? (long)value
            : null;

    /// <summary>The number, or null when the value is not one.</summary>
    public double? AsNumber() =>
        Kind == ScalarKind.Number && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
