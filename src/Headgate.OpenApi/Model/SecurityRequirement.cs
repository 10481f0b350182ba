namespace Headgate.OpenApi.Model;

/// <summary>
/// One alternative of a <c>security</c> list: every scheme of it must hold, each with all its scopes. Without members it is
/// OpenAPI's <c>{}</c>: anonymous callers are let in.
/// </summary>
/// <param name="Schemes">Scheme key to the scopes that it asks for.</param>
public sealed record SecurityRequirement(IReadOnlyDictionary<string, IReadOnlyList<string>> Schemes);
