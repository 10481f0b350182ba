using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Headgate.Server.Settings;

/// <summary>An address to listen on. A value.</summary>
/// <param name="Scheme">Which protocols are served.</param>
/// <param name="Host">The host as it was written.</param>
/// <param name="Address">The address to bind; null stands for localhost: both loopback addresses.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
internal sealed record ListenAddress(ListenScheme Scheme, string Host, IPAddress? Address, int Port)
{
    /// <summary>Reads a URL such as <c>http://127.0.0.1:8080</c>, <c>https://*:8443</c> or <c>h2c://[::1]:0</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, out string reason)
    {
        address = null;
        int colon = text.IndexOf("://", StringComparison.Ordinal);
        ListenScheme? scheme = colon < 0 ? null : SchemeOf(text[..colon]);
        if (scheme is null)
        {
            reason = "it does not begin with http://, https:// or h2c://";
            return false;
        }

        // Uri knows neither the wildcard host nor h2c: it reads the rest as an http URL.
        bool wildcard = text.AsSpan(colon + 3).StartsWith("*") || text.AsSpan(colon + 3).StartsWith("+");
        string plain = "http://" + (wildcard ? "0.0.0.0" + text[(colon + 4)..] : text[(colon + 3)..]);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out Uri? uri) || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            reason = "it is not SCHEME://HOST:PORT";
            return false;
        }

        bool localhost = uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (!IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? ip) && !localhost)
        {
            reason = $"{uri.Host} is neither an IP address nor localhost nor *";
            return false;
        }

        if (localhost && uri.Port == 0)
        {
            reason = "localhost is two addresses, which cannot share a port that is chosen freely";
            return false;
        }

        // Every address: the IPv6 wildcard takes IPv4 connections too.
        string host = wildcard ? "*" : uri.Host;
        address = new ListenAddress(scheme.Value, host, wildcard ? IPAddress.IPv6Any : ip, HasPort(plain) ? uri.Port : DefaultPort(scheme.Value));
        reason = "";
        return true;
    }

    /// <summary>The same address on the port that was bound.</summary>
    public ListenAddress On(int port) => this with { Port = port };

    /// <summary>How a client on this machine reaches it.</summary>
    public Uri ToClientUri()
    {
        bool isEvery = Address is not null && (Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any));
        return new Uri($"{(Scheme == ListenScheme.Https ? "https" : "http")}://{(isEvery ? "localhost" : Host)}:{Port}");
    }

    /// <summary>As a URL.</summary>
    public override string ToString() => $"{Scheme.ToString().ToLowerInvariant()}://{Host}:{Port}";

    private static ListenScheme? SchemeOf(string name) => name.ToLowerInvariant() switch
    {
        "http" => ListenScheme.Http,
        "https" => ListenScheme.Https,
        "h2c" => ListenScheme.H2c,
        _ => null,
    };

    private static int DefaultPort(ListenScheme scheme) => scheme == ListenScheme.Https ? 443 : 80;

    private static bool HasPort(string url)
    {
        string authority = url["http://".Length..].TrimEnd('/');
        return authority.LastIndexOf(':') > authority.LastIndexOf(']');
    }
}
