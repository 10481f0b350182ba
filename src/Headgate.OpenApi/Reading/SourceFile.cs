namespace Headgate.OpenApi.Reading;

/// <summary>A file that took part in a document: the entry document, a referenced one or an overlay.</summary>
/// <param name="Path">The path as the user gave it or as the reference resolved; for messages.</param>
/// <param name="FullPath">The absolute path: identity, base for relative references, and what a reload watches.</param>
public sealed record SourceFile(string Path, string FullPath);
