namespace Headgate.Gateway.Policies.Validation;

/// <summary>Media types and ranges (RFC 9110 §8.3.1, §12.5.1).</summary>
internal static class MediaType
{
    public static MediaKind KindOf(ReadOnlySpan<char> mediaType)
    {
        ReadOnlySpan<char> type = Essence(mediaType);
        if (Is(type, "application/json") || Is(type, "text/json") || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            return MediaKind.Json;
        if (Is(type, "application/x-www-form-urlencoded"))
            return MediaKind.Form;
        return Is(type, "multipart/form-data") ? MediaKind.Multipart : MediaKind.Opaque;
    }

    /// <summary>Type and subtype, without parameters.</summary>
    public static ReadOnlySpan<char> Essence(ReadOnlySpan<char> mediaType)
    {
        int end = mediaType.IndexOf(';');
        return (end < 0 ? mediaType : mediaType[..end]).Trim(" \t");
    }

    /// <summary>How exactly a range of a document takes a type: 2 by name, 1 by its subtype's wildcard, 0 by both wildcards; -1 not.</summary>
    public static int Match(ReadOnlySpan<char> range, ReadOnlySpan<char> type)
    {
        if (Is(range, type))
            return 2;
        if (Is(range, "*/*"))
            return 0;
        int slash = range.IndexOf('/');
        bool isWild = slash > 0 && range[(slash + 1)..] is "*";
        return isWild && type.Length > slash && Is(range[..(slash + 1)], type[..(slash + 1)]) ? 1 : -1;
    }

    /// <summary>The value of a parameter (<c>boundary</c>), without its quotes; empty when there is none.</summary>
    public static ReadOnlySpan<char> Parameter(ReadOnlySpan<char> field, ReadOnlySpan<char> name)
    {
        for (int semicolon = field.IndexOf(';'); semicolon >= 0; semicolon = field.IndexOf(';'))
        {
            field = field[(semicolon + 1)..].TrimStart(" \t");
            if (!field.StartsWith(name, StringComparison.OrdinalIgnoreCase) || field.Length <= name.Length || field[name.Length] != '=')
                continue;
            ReadOnlySpan<char> value = field[(name.Length + 1)..];
            if (value.StartsWith("\""))
            {
                int quote = value[1..].IndexOf('"');
                return quote < 0 ? default : value.Slice(1, quote);
            }

            int end = value.IndexOf(';');
            return (end < 0 ? value : value[..end]).Trim(" \t");
        }

        return default;
    }

    private static bool Is(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
