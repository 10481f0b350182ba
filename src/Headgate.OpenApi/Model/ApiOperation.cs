using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model;

/// <summary>One operation: a method on a path template, with everything that the path item and the document give it. Immutable.</summary>
public sealed record ApiOperation
{
    /// <summary>The request method in upper case (OpenAPI 3.2 allows methods beyond the usual).</summary>
    public required string Method { get; init; }

    /// <summary>The path template, relative to the base paths.</summary>
    public required PathTemplate Path { get; init; }

    /// <summary>The base paths under which it is served: those of its own <c>servers</c>, else its path item's, else the document's. Never empty.</summary>
    public IReadOnlyList<string> BasePaths { get; init; } = [""];

    /// <summary><c>operationId</c>, or <c>METHOD /template</c> where the document gives none. Unique in the document.</summary>
    public required string Id { get; init; }

    /// <summary>The parameters of the path item and of the operation, merged as OpenAPI says (the operation's win).</summary>
    public required IReadOnlyList<ApiParameter> Parameters { get; init; }

    /// <summary>The request body, or null when the operation declares none.</summary>
    public required ApiRequestBody? RequestBody { get; init; }

    /// <summary>
    /// The security requirements in force, the operation's own or else the document's: alternatives, of which one must hold.
    /// Empty means public.
    /// </summary>
    public required IReadOnlyList<SecurityRequirement> Security { get; init; }

    /// <summary><c>deprecated: true</c>.</summary>
    public required bool Deprecated { get; init; }

    /// <summary>The extensions of the operation.</summary>
    public required ExtensionSet Extensions { get; init; }

    /// <summary>The extensions of the path item.</summary>
    public required ExtensionSet PathExtensions { get; init; }

    /// <summary>The operation's object, for diagnostics and for what the model does not carry.</summary>
    public required ObjectNode Node { get; init; }
}
