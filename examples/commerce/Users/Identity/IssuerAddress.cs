using Commerce.Shared.Hosting;

namespace Commerce.Users.Identity;

/// <summary>
/// Under which address browsers and applications find the OpenID provider, which is also the <c>iss</c> of its tokens. It is
/// configured and never taken from a request: whoever could choose the <c>Host</c> could choose the issuer.
/// </summary>
internal sealed record IssuerAddress
{
    private IssuerAddress(Uri address, string text) => (Text, Path, IsHttps) = (text, address.AbsolutePath, address.Scheme == Uri.UriSchemeHttps);

    public string Text { get; }

    /// <summary>The path that its cookies belong to.</summary>
    public string Path { get; }

    public bool IsHttps { get; }

    /// <exception cref="CommerceStartException">It is no address of an issuer.</exception>
    public static IssuerAddress Parse(string text)
    {
        // OpenID Connect Discovery 1.0 §3: no query and no fragment. Plain http is for development.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || text.AsSpan().ContainsAny('?', '#') || text.EndsWith('/') || address.UserInfo.Length > 0)
        {
            throw new CommerceStartException(
                $"--issuer must be an http or https URL without query, fragment and '/' at its end, not '{text}'.");
        }

        return new IssuerAddress(address, text);
    }

    /// <summary>The address of an endpoint, such as <c>/token</c>.</summary>
    public string At(string path) => Text + path;

    /// <summary>A cookie that browsers send to the provider alone and no script can read; without a value it is taken away.</summary>
    public string Cookie(string name, string? value)
    {
        // RFC 6265 §5.2, RFC 6265bis §5.6.7: Lax, because applications send their users here from elsewhere.
        var lasts = value is null ? "; Max-Age=0" : "";
        return $"{name}={value}; Path={Path}{lasts}; HttpOnly; SameSite=Lax{(IsHttps ? "; Secure" : "")}";
    }
}
