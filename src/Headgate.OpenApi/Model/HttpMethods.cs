using System.Collections.Frozen;

namespace Headgate.OpenApi.Model;

/// <summary>The methods that have a field of their own in a path item.</summary>
internal static class HttpMethods
{
    /// <summary>The fields, in lower case; <c>query</c> came with OpenAPI 3.2.</summary>
    public static FrozenSet<string> Fixed { get; } =
        FrozenSet.Create(StringComparer.Ordinal, "get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
}
