using System.Text;

namespace Headgate.Storage;

/// <summary>Admits as values only what both engines keep and give back alike.</summary>
internal static class StoreValue
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The values as drivers take them.</summary>
    /// <exception cref="ArgumentException">One is of another type, or text that is not Unicode without NUL.</exception>
    public static object[] Bind(ReadOnlySpan<object?> values)
    {
        if (values.IsEmpty)
            return [];
        object[] bound = new object[values.Length];
        for (int i = 0; i < values.Length; i++)
            bound[i] = Bind(values[i], i + 1);
        return bound;
    }

    private static object Bind(object? value, int position) => value switch
    {
        null => DBNull.Value,
        string text => Checked(text, position),
        double.NaN => throw new ArgumentException($"${position} is not a number, of which SQLite makes null."),
        long or bool or double or byte[] => value,
        int number => (long)number,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        string?[] texts => Checked(texts, position),
        long[] or byte[][] => value,
        _ => throw new ArgumentException($"${position} is a {value.GetType().Name}, which the two engines do not keep alike."),
    };

    private static string?[] Checked(string?[] texts, int position)
    {
        foreach (string? text in texts)
        {
            if (text is not null)
                Checked(text, position);
        }

        return texts;
    }

    // PostgreSQL refuses both; SQLite would keep the one, and something else for the other.
    private static string Checked(string text, int position)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"${position} is text with a NUL character.");
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        try
        {
            s_strict.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"${position} is text with half a surrogate pair.", exception);
        }
    }
}
