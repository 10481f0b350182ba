using System.Globalization;

namespace Commerce.Users.Identity;

/// <summary>Compares redirect URIs as text. They are never taken apart and put together again: two readers of one URL may differ.</summary>
internal static class RedirectUri
{
    private const string Loopback = "http://127.0.0.1";

    /// <summary>Whether the URI of a request is the registered one.</summary>
    public static bool Matches(string registered, string asked)
    {
        // RFC 9700 §4.1.3: character by character.
        if (registered == asked)
            return true;
        // RFC 8252 §7.3: an application on this machine listens on whatever port is free.
        if (!registered.StartsWith($"{Loopback}/", StringComparison.Ordinal) || !asked.StartsWith($"{Loopback}:", StringComparison.Ordinal))
            return false;
        var port = asked.AsSpan(Loopback.Length + 1);
        var end = port.IndexOf('/');
        return end > 0 && IsPort(port[..end]) && port[end..].SequenceEqual(registered.AsSpan(Loopback.Length));
    }

    /// <summary>What is wrong with a URI that is to be registered; null when nothing is.</summary>
    public static string? Problem(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            return $"'{uri}' is no http or https URL";
        // RFC 6749 §3.1.2: an absolute URI without a fragment.
        if (uri.Contains('#', StringComparison.Ordinal))
            return $"'{uri}' has a fragment";
        // RFC 8252 §8.3: a name such as localhost may lead elsewhere.
        return address.Scheme == "http" && address.Host != "127.0.0.1" ? $"'{uri}' must use https, or http to 127.0.0.1" : null;
    }

    /// <summary>Scheme, host and port, as a Content Security Policy names them.</summary>
    public static string Origin(string uri) => new Uri(uri).GetLeftPart(UriPartial.Authority);

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535;
}
