namespace Headgate.Gateway.Policies.Validation;

/// <summary>A media type or range as a document writes it: a key under <c>content</c>, an element of <c>contentType</c>. Immutable.</summary>
internal sealed class MediaRange
{
    private const int ByParameters = 16;

    private readonly string _type;
    private readonly (string Name, string Value)[] _parameters;

    /// <param name="text">What the document says.</param>
    public MediaRange(string text)
    {
        Text = text.Trim();
        _type = MediaType.Essence(text).ToString();
        _parameters = Read(text);
    }

    /// <summary>As the document writes it, for messages.</summary>
    public string Text { get; }

    /// <summary>How bodies of the type are read; opaque for a range of several kinds.</summary>
    public MediaKind Kind => MediaType.KindOf(_type);

    /// <summary>How exactly a range takes a type, both without parameters: 2 by name, 1 by its subtype's wildcard, 0 by both wildcards; -1 not.</summary>
    public static int Match(ReadOnlySpan<char> range, ReadOnlySpan<char> type)
    {
        if (MediaType.Is(range, type))
            return 2;
        if (MediaType.Is(range, "*/*"))
            return 0;
        int slash = range.IndexOf('/');
        bool isWild = slash > 0 && range[(slash + 1)..] is "*";
        return isWild && type.Length > slash && MediaType.Is(range[..(slash + 1)], type[..(slash + 1)]) ? 1 : -1;
    }

    /// <summary>
    /// How exactly the range takes a type: the greater, the more exact (OAS 3.1.1 §4.8.13.1: the most specific key applies); -1 not. A parameter that the type has with
    /// another value excludes it; one that it does not have makes it less exact.
    /// </summary>
    public int Match(ReadOnlySpan<char> mediaType)
    {
        int match = Match(_type, MediaType.Essence(mediaType));
        if (match < 2 || _parameters.Length == 0)
            return match * ByParameters;
        int agreeing = 0;
        foreach ((string name, string value) in _parameters)
        {
            ReadOnlySpan<char> given = MediaType.Parameter(mediaType, name);
            if (!given.IsEmpty && !MediaType.Is(given, value))
                return -1;
            agreeing += given.IsEmpty ? -1 : 1;
        }

        return (match * ByParameters) + Math.Clamp(agreeing, 1 - ByParameters, ByParameters - 1);
    }

    // What is checked is UTF-8 whatever the document says of charsets.
    private static (string Name, string Value)[] Read(string text)
    {
        var found = new List<(string, string)>();
        MediaParameters parameters = MediaType.Parameters(text);
        while (parameters.MoveNext())
        {
            if (!MediaType.Is(parameters.Name, "charset"))
                found.Add((parameters.Name.ToString(), parameters.Value.ToString()));
        }

        return [.. found];
    }
}
