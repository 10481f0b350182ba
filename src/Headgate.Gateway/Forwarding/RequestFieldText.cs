using System.Buffers;

namespace Headgate.Gateway.Forwarding;

/// <summary>Whether a field may stand in a message to an upstream. Kestrel takes names and values that are not HTTP; they end here.</summary>
internal static class RequestFieldText
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(code => code != '\t').Append(127).Select(code => (char)code)]);

    // RFC 9110 §5.1 and §5.6.2: a name is a token. §5.5: a value has no control characters; CR, LF and NUL in it are an attack.
    public static bool IsValid(string name, ReadOnlySpan<char> value) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters) && !value.ContainsAny(ControlCharacters);
}
