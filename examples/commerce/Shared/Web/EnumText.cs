using System.Collections.Frozen;
using System.Text.Json;

namespace Commerce.Shared.Web;

/// <summary>The names of an enumeration as they stand in JSON, for query strings and database columns.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>().ToFrozenDictionary(
        value => value, value => JsonSerializer.SerializeToElement(value, Json.Options).GetString()!);

    private static readonly FrozenDictionary<string, T> ByName = ByValue.ToFrozenDictionary(
        pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByValue.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    public static string Of(T value) => ByValue[value];

    public static bool TryParse(string text, out T value) => ByName.TryGetValue(text, out value);

    public static T Parse(string text) => ByName[text];
}
