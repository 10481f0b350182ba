using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.OpenApi.Reading;

/// <summary>What a load gave.</summary>
/// <param name="Document">The document, or null when a diagnostic is an error.</param>
/// <param name="Diagnostics">Everything that was found, in document order as far as possible.</param>
/// <param name="Files">Every file that was read or looked for, also after a failure: what a reload watches.</param>
public sealed record LoadResult(ApiDocument? Document, DiagnosticBag Diagnostics, IReadOnlyList<SourceFile> Files)
{
    /// <summary>
    /// The document as far as it could be read, errors or not, so that what stands on it can be checked in the same run; null when there is no
    /// OpenAPI description to speak of. Never to be served unless it is <see cref="Document"/> too.
    /// </summary>
    public ApiDocument? Readable { get; init; }
}
