using System.Text.Json;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Reads claims that are a string or a list of strings. The reader stands at the claim's name.</summary>
internal static class ClaimLists
{
    /// <summary>The most scopes of a token.</summary>
    public const int MostScopes = 256;

    /// <summary>Whether the claim holds one of the given strings; compares in place.</summary>
    /// <returns>Whether it is a string or a list of strings.</returns>
    public static bool TryFindAny(ref Utf8JsonReader reader, IReadOnlyList<string> wanted, out bool found)
    {
        found = false;
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            found = IsAny(ref reader, wanted);
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            found |= IsAny(ref reader, wanted);
        return reader.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>The scopes: words of a string (RFC 8693 §4.2), or a list; null when it is neither or too many.</summary>
    public static IReadOnlyList<string>? Scopes(Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return AtMost(reader.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return reader.TokenType == JsonTokenType.StartArray && Strings(ref reader, MostScopes) is { } list ? AtMost([.. list]) : null;
    }

    /// <summary>The strings of the list in which the reader stands; null when it holds something else or too many.</summary>
    public static List<string>? Strings(ref Utf8JsonReader reader, int most)
    {
        var strings = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String && strings.Count < most)
            strings.Add(reader.GetString()!);
        return reader.TokenType == JsonTokenType.EndArray ? strings : null;
    }

    private static string[]? AtMost(string[] scopes) => scopes.Length <= MostScopes ? scopes : null;

    private static bool IsAny(ref Utf8JsonReader reader, IReadOnlyList<string> wanted)
    {
        for (int i = 0; i < wanted.Count; i++)
        {
            if (reader.ValueTextEquals(wanted[i]))
                return true;
        }

        return false;
    }
}
