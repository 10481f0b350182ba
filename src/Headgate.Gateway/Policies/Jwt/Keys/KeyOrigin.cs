namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>Where an issuer's keys are, and how long they hold. Equal origins share their keys. Immutable.</summary>
/// <param name="Kind">How they are found.</param>
/// <param name="Place">The file's full path or the address; of several addresses of one service all, separated by spaces.</param>
/// <param name="Issuer">For discovery: the name that the configuration must have; null for the one under whose address it was found.</param>
/// <param name="Refresh">How often they are read anew.</param>
/// <param name="StaleFor">How long after they were read last they may still be used.</param>
internal sealed record KeyOrigin(KeyOriginKind Kind, string Place, string? Issuer, TimeSpan Refresh, TimeSpan StaleFor)
{
    private const string WellKnown = "/.well-known/openid-configuration";

    // A file is looked at often: it costs nothing, and whoever changes it waits for the effect.
    private static readonly TimeSpan s_fileRefresh = TimeSpan.FromSeconds(2);

    /// <summary>How often they are read anew.</summary>
    public TimeSpan Refresh { get; } = Kind == KeyOriginKind.File ? s_fileRefresh : Refresh;

    /// <summary>The addresses, to be asked in this order until one answers.</summary>
    public IReadOnlyList<Uri> Addresses => Kind == KeyOriginKind.File ? [] : [.. Place.Split(' ').Select(place => new Uri(place))];

    /// <summary>The keys with which Headgate itself signs. Looked at often too: another instance may have removed one, or revoked an account.</summary>
    public static KeyOrigin Own { get; } = new(KeyOriginKind.Own, "service accounts", null, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));

    /// <summary>An issuer's keys through its configuration.</summary>
    /// <param name="issuer">The issuer, an absolute URL.</param>
    /// <param name="times">The settings in force.</param>
    public static KeyOrigin OfIssuer(string issuer, JwksSource times) =>
        new(KeyOriginKind.Discovery, issuer.TrimEnd('/') + WellKnown, issuer, times.Refresh.Value, times.StaleFor.Value);

    /// <summary>The keys of a configuration at a given address.</summary>
    public static KeyOrigin OfConfiguration(string url, string? issuer, JwksSource times) =>
        new(KeyOriginKind.Discovery, url, issuer, times.Refresh.Value, times.StaleFor.Value);

    /// <summary>The issuer whose configuration is at an address, without a slash at its end; null where the address does not tell.</summary>
    public static string? IssuerAt(string? url) =>
        url is not null && url.EndsWith(WellKnown, StringComparison.Ordinal) ? url[..^WellKnown.Length] : null;

    /// <summary>Whether a configuration that names an issuer is the right one.</summary>
    public bool IsOf(string issuer)
    {
        if (Issuer is not null)
            return issuer == Issuer;

        // OpenID Connect Discovery 1.0 §4.3: the issuer in it must be the one under whose address it was found; §4.1: of which a slash at its end is no part.
        return IssuerAt(Place) is not { } found || issuer.TrimEnd('/') == found;
    }

    /// <summary>
    /// Whether keys may be fetched from an address: over TLS, or from this machine. Otherwise whoever sits between could put in keys of their own.
    /// </summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
