using System.Collections.Frozen;

namespace Headgate.OpenApi.Model;

/// <summary>The methods that have a field of their own in a path item.</summary>
internal static class HttpMethods
{
    /// <summary>The fields, in lower case, and their methods, each one string for all operations; <c>query</c> came with OpenAPI 3.2.</summary>
    public static FrozenDictionary<string, string> Fixed { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["get"] = "GET",
        ["put"] = "PUT",
        ["post"] = "POST",
        ["delete"] = "DELETE",
        ["options"] = "OPTIONS",
        ["head"] = "HEAD",
        ["patch"] = "PATCH",
        ["trace"] = "TRACE",
        ["query"] = "QUERY",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
