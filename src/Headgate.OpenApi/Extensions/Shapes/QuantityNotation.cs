using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>How the numbers with units of a type are written, and what is said about them.</summary>
internal sealed record QuantityNotation<T>
    where T : struct, IComparable<T>
{
    /// <summary>Reads one; null for anything else.</summary>
    public required Func<string, T?> Parse { get; init; }

    /// <summary>What a value is: <c>duration</c>.</summary>
    public required string Noun { get; init; }

    public required string Examples { get; init; }

    /// <summary>The finding for a text that is none.</summary>
    public required DiagnosticDescriptor Malformed { get; init; }

    public required string Fix { get; init; }

    /// <summary>What the schema says.</summary>
    public required string Description { get; init; }

    /// <summary>The JSON Schema type of a number without a unit.</summary>
    public required string NumberType { get; init; }

    /// <summary>The units as alternatives of a regular expression.</summary>
    public required string Units { get; init; }
}
