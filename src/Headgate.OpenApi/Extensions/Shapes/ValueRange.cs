using System.Text.Json.Nodes;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>The allowed values of an ordered type, ends included.</summary>
internal sealed record ValueRange<T>(T? Least, T? Most, string Text)
    where T : struct, IComparable<T>
{
    public bool Contains(T value) =>
        (Least is not { } least || value.CompareTo(least) >= 0) && (Most is not { } most || value.CompareTo(most) <= 0);

    /// <summary>As messages say it: <c> from 1 to 100</c>, with the space before it.</summary>
    public string Words => (Ends(Text)) switch
    {
        ("", string most) => $" of at most {most}",
        (string least, "") => $" of at least {least}",
        (string least, string most) => $" from {least} to {most}",
    };

    /// <summary>Writes the ends that are there into a schema, under these keywords.</summary>
    public void WriteTo(JsonObject schema, string least, string most)
    {
        if (Least is { } from)
            schema[least] = JsonValue.Create(from);
        if (Most is { } to)
            schema[most] = JsonValue.Create(to);
    }

    /// <summary>Reads <c>least..most</c>. A malformed range is a mistake in the record's declaration.</summary>
    public static ValueRange<T>? Parse(string? text, Func<string, T?> parse)
    {
        if (text is null)
            return null;
        (string least, string most) = Ends(text);
        return new ValueRange<T>(ParseEnd(least), ParseEnd(most), text);

        T? ParseEnd(string end) => end.Length == 0 ? null : parse(end) ?? throw new FormatException($"'{end}' in the range '{text}' is malformed.");
    }

    private static (string Least, string Most) Ends(string text)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots < 0 ? throw new FormatException($"The range '{text}' has no '..'.") : (text[..dots], text[(dots + 2)..]);
    }
}
