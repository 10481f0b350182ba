using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model;

/// <summary>
/// A loaded OpenAPI description in the terms that a gateway needs: references resolved, parameters merged, extensions bound.
/// Immutable and thread-safe.
/// </summary>
public sealed record ApiDocument
{
    /// <summary>A short name for logs and metrics: the file name without its extensions.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the OpenAPI Specification that the document follows.</summary>
    public required OpenApiVersion Version { get; init; }

    /// <summary><c>info.title</c>.</summary>
    public required string Title { get; init; }

    /// <summary><c>info.version</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The paths of <c>servers</c>, without a trailing slash (<c>""</c> for the root); never empty, no duplicates.</summary>
    public required IReadOnlyList<string> BasePaths { get; init; }

    /// <summary>Every operation of <c>paths</c>, in document order.</summary>
    public required IReadOnlyList<ApiOperation> Operations { get; init; }

    /// <summary><c>components.securitySchemes</c>, and schemes that requirements name without a definition (of type <see cref="ApiSecurityScheme.UndefinedType"/>).</summary>
    public required IReadOnlyDictionary<string, ApiSecurityScheme> SecuritySchemes { get; init; }

    /// <summary>The extensions at the top of the document.</summary>
    public required ExtensionSet Extensions { get; init; }

    /// <summary>The tree after overlays, for what the model does not carry.</summary>
    public required ObjectNode Root { get; init; }

    /// <summary>Every file that took part (entry document, overlays, referenced files): what a reload watches.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>Follows the references of the tree: for what compiles its schemas later, on first use. Thread-safe.</summary>
    public ReferenceResolver References { get; init; } = ReferenceResolver.Local;

    /// <summary>The short name of the document that a file holds.</summary>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        int dot = name.IndexOf('.', Math.Min(1, name.Length));
        return dot < 0 ? name : name[..dot];
    }
}
