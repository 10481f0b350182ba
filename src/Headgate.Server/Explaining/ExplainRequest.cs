namespace Headgate.Server.Explaining;

/// <summary>The request that is to be explained.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">An absolute URL, or a path with its query.</param>
/// <param name="Headers">Header fields, each <c>Name: value</c>; null is none.</param>
/// <param name="Body">The body; null where it is not given, whatever the fields declare.</param>
internal sealed record ExplainRequest(string Method, string Url, IReadOnlyList<string>? Headers, string? Body = null);
