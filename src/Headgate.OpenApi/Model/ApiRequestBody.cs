using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model;

/// <summary>The request body that an operation declares. Immutable.</summary>
/// <param name="Required">Whether a request without a body is invalid.</param>
/// <param name="Content">Media type or range to schema; the schema is null where the media type declares none.</param>
/// <param name="Node">The request body's object, after its reference is resolved.</param>
public sealed record ApiRequestBody(bool Required, IReadOnlyDictionary<string, DocumentNode?> Content, ObjectNode Node);
