using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>A field of a form, compiled from its schema and its Encoding Object (OAS 3.1.1 §4.8.15). Immutable.</summary>
internal sealed record FormField
{
    /// <summary>How errors name it: <c>/photo</c>; empty where the schema has no name for it.</summary>
    public required string Pointer { get; init; }

    public FieldReading Reading { get; init; }

    /// <summary>Whether it is a list: each of its items is a field of the same name.</summary>
    public bool IsList { get; init; }

    /// <summary>The types of the value, or of the items of a list.</summary>
    public required JsonTypes Types { get; init; }

    /// <summary>The media types that a part may have; empty for any.</summary>
    public IReadOnlyList<MediaRange> ContentTypes { get; init; } = [];

    /// <summary>The header fields of a part.</summary>
    public IReadOnlyList<ParameterRule> Headers { get; init; } = [];

    /// <summary>How it is written in pairs, where the document gives it a style as query parameters have; else null.</summary>
    public ParameterRule? Style { get; init; }
}
