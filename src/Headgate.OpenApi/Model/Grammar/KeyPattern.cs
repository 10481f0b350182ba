namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Which keys an object allows beside its fixed fields.</summary>
/// <param name="Allows">Whether a key is allowed.</param>
/// <param name="Description">What a key must be, as a message says it.</param>
internal sealed record KeyPattern(Predicate<string> Allows, string Description)
{
    public static KeyPattern Any { get; } = new(_ => true, "");

    public static KeyPattern Path { get; } = new(key => key.StartsWith('/'), "A path begins with '/'.");

    public static KeyPattern Status { get; } = new(IsStatus, "A status is 'default', three digits from 100 to 599, or a range such as '4XX'.");

    // OpenAPI 3.1.1 §4.8.7.1: component names match ^[a-zA-Z0-9.\-_]+$.
    public static KeyPattern Component { get; } = new(
        key => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'),
        "A component's name has letters, digits, '.', '-' and '_' only.");

    private static bool IsStatus(string key) =>
        key.Length == 3 && key[0] is >= '1' and <= '5' && ((char.IsAsciiDigit(key[1]) && char.IsAsciiDigit(key[2])) || key.EndsWith("XX", StringComparison.Ordinal));
}
