namespace Headgate.Gateway.Policies.Validation;

/// <summary>Media types as messages write them (RFC 9110 §8.3.1).</summary>
internal static class MediaType
{
    // More than any type has; a sender must not make comparing them long.
    private const int MostParameters = 16;

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

    /// <summary>The parameters.</summary>
    public static MediaParameters Parameters(ReadOnlySpan<char> mediaType)
    {
        int start = mediaType.IndexOf(';');
        return new MediaParameters(start < 0 ? default : mediaType[start..]);
    }

    /// <summary>The value of a parameter (<c>boundary</c>), without its quotes; empty when there is none.</summary>
    public static ReadOnlySpan<char> Parameter(ReadOnlySpan<char> mediaType, ReadOnlySpan<char> name)
    {
        MediaParameters parameters = Parameters(mediaType);
        while (parameters.MoveNext())
        {
            if (Is(parameters.Name, name))
                return parameters.Value;
        }

        return default;
    }

    /// <summary>Whether a text is one media type that every receiver understands alike: no list, and no parameter that stands twice (RFC 6838 §4.3).</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> mediaType)
    {
        ReadOnlySpan<char> type = Essence(mediaType);
        int slash = type.IndexOf('/');
        if (slash < 0 || !MediaParameters.IsToken(type[..slash]) || !MediaParameters.IsToken(type[(slash + 1)..]))
            return false;
        int count = 0;
        MediaParameters parameters = Parameters(mediaType);
        while (parameters.MoveNext())
        {
            if (++count > MostParameters || StandsBefore(mediaType, parameters.Name, count))
                return false;
        }

        return !parameters.IsBroken;
    }

    /// <summary>Whether a body of the type is text in UTF-8, as far as the type tells: what is checked is read as that.</summary>
    public static bool IsUtf8(ReadOnlySpan<char> mediaType)
    {
        ReadOnlySpan<char> charset = Parameter(mediaType, "charset");
        return charset.IsEmpty || Is(charset, "utf-8") || Is(charset, "utf8") || Is(charset, "us-ascii");
    }

    public static bool Is(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool StandsBefore(ReadOnlySpan<char> mediaType, ReadOnlySpan<char> name, int number)
    {
        MediaParameters parameters = Parameters(mediaType);
        for (int i = 1; i < number && parameters.MoveNext(); i++)
        {
            if (Is(parameters.Name, name))
                return true;
        }

        return false;
    }
}
