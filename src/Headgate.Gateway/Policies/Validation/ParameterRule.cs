using Headgate.OpenApi.Model;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>A parameter, or a member of a form or a header field of an answer that is written like one; compiled. Immutable.</summary>
internal sealed record ParameterRule
{
    /// <summary>The name as the document has it.</summary>
    public required string Name { get; init; }

    /// <summary>The name as UTF-8.</summary>
    public required byte[] NameBytes { get; init; }

    public required ParameterLocation In { get; init; }

    /// <summary>How errors name the place: <c>#/query/page</c>.</summary>
    public required string Pointer { get; init; }

    public required bool Required { get; init; }

    public required ParameterStyle Style { get; init; }

    public required bool Explode { get; init; }

    public required ParameterShape Shape { get; init; }

    /// <summary>How its text is encoded.</summary>
    public required TextEncoding Encoding { get; init; }

    /// <summary>Of a query parameter: <c>name=</c> without a value is allowed, whatever the schema says.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>The schema; null where any value is allowed.</summary>
    public required SchemaValidator? Validator { get; init; }

    /// <summary>The types that the schema wants.</summary>
    public required JsonTypes Types { get; init; }

    /// <summary>What the schema wants of the parts of a text; null for a parameter that has none.</summary>
    public required SchemaShape? Wanted { get; init; }

    /// <summary>Of a path parameter: its number in the template.</summary>
    public int PathIndex { get; init; } = -1;

    /// <summary>What the gateway itself puts into a header parameter.</summary>
    public HeaderSource Source { get; init; }

    /// <summary>Whether it is an object each of whose members has a pair of its own.</summary>
    public bool IsSpread => this is { Shape: ParameterShape.Object, Explode: true, Style: ParameterStyle.Form };
}
