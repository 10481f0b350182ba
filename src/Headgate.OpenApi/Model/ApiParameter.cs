using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model;

/// <summary>A parameter of an operation. Immutable.</summary>
public sealed record ApiParameter
{
    /// <summary>The name; header names compare without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in a request.</summary>
    public required ParameterLocation In { get; init; }

    /// <summary>Whether a request without it is invalid.</summary>
    public required bool Required { get; init; }

    /// <summary><c>style</c>, with OpenAPI's default for the location filled in.</summary>
    public required string Style { get; init; }

    /// <summary><c>explode</c>, with OpenAPI's default for the style filled in.</summary>
    public required bool Explode { get; init; }

    /// <summary>The schema (of <c>schema</c>, or of the one media type of <c>content</c>), or null.</summary>
    public required DocumentNode? Schema { get; init; }

    /// <summary>The media type when the parameter is described by <c>content</c>, else null.</summary>
    public required string? ContentType { get; init; }

    /// <summary>The parameter's object, after its reference is resolved.</summary>
    public required ObjectNode Node { get; init; }
}
