namespace Headgate.Gateway.Policies.Compression;

/// <summary>Which media types are worth compressing. Immutable.</summary>
/// <param name="further">Media types beside those that are known.</param>
internal sealed class CompressibleTypes(IReadOnlyList<string> further)
{
    private static readonly string[] s_known =
    [
        "application/json", "application/xml", "application/javascript", "application/wasm", "application/x-ndjson", "application/yaml", "application/graphql-response+json",
        "image/svg+xml", "image/bmp", "font/ttf", "font/otf", "application/vnd.ms-fontobject",
    ];

    // RFC 6839: the syntax that lies under a type of a vendor.
    private static readonly string[] s_suffixes = ["+json", "+xml", "+yaml"];

    /// <summary>Whether an answer of a type is worth it. Event streams are not: each event is small, and waits for no other.</summary>
    /// <param name="contentType">The value of <c>Content-Type</c>; null for none.</param>
    public bool Contains(string? contentType)
    {
        ReadOnlySpan<char> type = contentType.AsSpan();
        int parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        if (type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase))
            return false;
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || IsOneOf(type, s_known) || HasSuffix(type) || IsOneOf(type, further);
    }

    private static bool IsOneOf(ReadOnlySpan<char> type, IReadOnlyList<string> types)
    {
        for (int i = 0; i < types.Count; i++)
        {
            if (type.Equals(types[i], StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool HasSuffix(ReadOnlySpan<char> type)
    {
        foreach (string suffix in s_suffixes)
        {
            if (type.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
