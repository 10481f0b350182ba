using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Makes authenticators for schemes whose credentials are JSON Web Tokens: those with <c>x-gateway-jwt</c>, and <c>openIdConnect</c>.</summary>
/// <param name="issuers">The keys of all issuers.</param>
/// <param name="verified">The tokens that were verified lately.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where refusals are told.</param>
public sealed class JwtAuthenticatorCompiler(IssuerKeysDirectory issuers, VerifiedTokens verified, TimeProvider time, ILogger<JwtAuthenticatorCompiler> logger) : AuthenticatorCompiler
{
    /// <inheritdoc/>
    public override bool Handles(ApiDocument document, ApiSecurityScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return scheme.Type == "openIdConnect" || scheme.Extensions.Get<JwtExtension>() is not null;
    }

    /// <inheritdoc/>
    public override Authenticator? Compile(SecurityScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        JwtExtension extension = WithIssuer(scope.Scheme.Extensions.Get<JwtExtension>() ?? new JwtExtension(), scope.Scheme);
        if (OriginOf(extension, scope) is not { } origin)
            return null;
        IssuerKeys keys = issuers.Get(origin);
        if (origin.Kind == KeyOriginKind.File && keys.ReadNow() is { } reason)
        {
            scope.Diagnostics.Add(JwtDiagnostics.KeysUnreadable, extension.Jwks?.Node ?? scope.Scheme.Node, reason, "Give a JSON Web Key Set (RFC 7517) with a key for one of 'algorithms'.");
            return null;
        }

        JwtRules rules = JwtRules.Of(extension, scope.Config.Tenancy.Claim, [.. KeptClaims.Of(scope.Document)]);
        var verifier = new JwtVerifier(rules, new JwtAlgorithmSet(extension.Algorithms));
        return new JwtAuthenticator(verifier, keys, verified, new RefusalLog(scope.Scheme.Key, time, logger));
    }

    /// <inheritdoc/>
    public override void Retire(GatewayPlan inForce)
    {
        ArgumentNullException.ThrowIfNull(inForce);
        issuers.Keep(inForce.Apis.SelectMany(api => api.Authenticators.Values).OfType<JwtAuthenticator>().Select(authenticator => authenticator.Keys).ToHashSet());
    }

    // Where keys are given nothing is discovered: then the scheme's address itself says whose tokens are meant.
    private static JwtExtension WithIssuer(JwtExtension extension, ApiSecurityScheme scheme) =>
        extension is { Issuer: null, Jwks: { } source } && (source.File ?? source.Uri ?? source.Service) is not null
            ? extension with { Issuer = KeyOrigin.IssuerAt(scheme.OpenIdConnectUrl) }
            : extension;

    // Null where the checker of the extension has reported what is wrong.
    private static KeyOrigin? OriginOf(JwtExtension extension, SecurityScope scope)
    {
        JwksSource source = extension.Jwks ?? new JwksSource();
        if (source.File is { } file)
            return FromFile(file, source);
        if (source.Uri is { } uri)
            return Fetched(uri, source);
        if (source.Service is { } service)
            return OfService(service, source, scope.Services);
        if (extension.Issuer is { } issuer && scope.Scheme.Type != "openIdConnect")
            return Uri.TryCreate(issuer, UriKind.Absolute, out _) ? KeyOrigin.OfIssuer(issuer, source) : null;
        return Uri.TryCreate(scope.Scheme.OpenIdConnectUrl, UriKind.Absolute, out Uri? url) && KeyOrigin.IsSafe(url)
            ? KeyOrigin.OfConfiguration(scope.Scheme.OpenIdConnectUrl, extension.Issuer, source)
            : null;
    }

    private static KeyOrigin FromFile(string file, JwksSource source)
    {
        string folder = Path.GetDirectoryName(source.Node?.File.FullPath) ?? "";
        return new KeyOrigin(KeyOriginKind.File, Path.GetFullPath(Path.Combine(folder, file)), null, source.Refresh.Value, source.StaleFor.Value);
    }

    private static KeyOrigin? OfService(string service, JwksSource source, ServiceTable services)
    {
        if (!services.Names.Contains(service))
            return null;
        IEnumerable<string> addresses = services.Get(service, null).Instances.Where(instance => instance.Url.Scheme is "http" or "https").Select(instance => instance.Url.AbsoluteUri.TrimEnd('/') + source.Path);
        string place = string.Join(' ', addresses);
        return place.Length == 0 ? null : Fetched(place, source);
    }

    private static KeyOrigin Fetched(string place, JwksSource source) => new(KeyOriginKind.Address, place, null, source.Refresh.Value, source.StaleFor.Value);
}
