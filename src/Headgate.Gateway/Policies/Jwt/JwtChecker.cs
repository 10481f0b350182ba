using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Checks what the types of <see cref="JwtExtension"/> cannot say. Stateless, thread-safe.</summary>
/// <param name="settingsServices">The names of the services that the instance's settings know (<c>--service NAME=URL</c>).</param>
public sealed class JwtChecker(IReadOnlyCollection<string> settingsServices)
{
    /// <summary>Reports what is wrong.</summary>
    public void Check(ApiDocument document, ApiSecurityScheme scheme, JwtExtension extension, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DocumentNode node = extension.Node ?? scheme.Node;
        bool discovers = scheme.Type == "openIdConnect";
        if (!discovers && scheme.Type != "oauth2" && scheme is not { Type: "http", HttpScheme: "bearer" })
            diagnostics.Add(JwtDiagnostics.WrongScheme, node, $"The scheme '{scheme.Key}' does not carry bearer tokens.", "Use type: http with scheme: bearer, oauth2 or openIdConnect.");
        if (!discovers && extension.Issuer is null && !HasSource(extension.Jwks))
            diagnostics.Add(JwtDiagnostics.NoIssuer, node, "Neither 'issuer' nor 'jwks' says whose tokens are accepted.", "Add 'issuer'.");
        if (extension.Jwks is { } jwks)
            CheckSource(document, jwks, node.At("jwks"), diagnostics);
        if (!HasSource(extension.Jwks))
            CheckDiscovery(scheme, extension, node, diagnostics);
        if (extension.Algorithms.All(algorithm => !SignatureAlgorithm.Of(algorithm).IsAvailable))
            diagnostics.Add(JwtDiagnostics.AlgorithmUnavailable, node, "This platform has none of 'algorithms': every token is refused.", "Add another algorithm.");

        // RFC 8725 §3.9: a token for another recipient must not be accepted here.
        if (extension.Audiences.Count == 0)
            diagnostics.Add(JwtDiagnostics.AnyAudience, node, "Tokens that were issued for other recipients are accepted.", "Add 'audiences'.");
    }

    private static bool HasSource(JwksSource? jwks) => jwks is { File: not null } or { Uri: not null } or { Service: not null };

    private void CheckSource(ApiDocument document, JwksSource jwks, DocumentNode node, DiagnosticBag diagnostics)
    {
        int sources = (jwks.File is null ? 0 : 1) + (jwks.Uri is null ? 0 : 1) + (jwks.Service is null ? 0 : 1);
        if (sources > 1)
            diagnostics.Add(JwtDiagnostics.BadKeySource, node, "The keys come from a file, a URI or a service.", "Keep one of 'file', 'uri' and 'service'.");
        if (node is ObjectNode { Members.Count: 0 })
            diagnostics.Add(JwtDiagnostics.BadKeySource, node, "'jwks' says nothing.", "Give 'file', 'uri' or 'service', or leave it out for discovery.");
        if (jwks.Uri is { } uri)
            CheckAddress(uri, node.At("uri"), diagnostics);
        if (jwks.Service is not null)
            new CallChecker(settingsServices).CheckService(document, jwks.Service, node, diagnostics);
        if (!jwks.Path.StartsWith('/'))
            diagnostics.Add(JwtDiagnostics.BadKeySource, node.At("path"), $"'{jwks.Path}' is not a path.", "Begin it with '/'.");
        if (jwks.StaleFor < jwks.Refresh)
            diagnostics.Add(JwtDiagnostics.BadKeySource, node.At("staleFor", "refresh"), $"staleFor ({jwks.StaleFor}) is shorter than refresh ({jwks.Refresh}): the keys would be missing in between.", "Raise the one or lower the other.");
    }

    private static void CheckDiscovery(ApiSecurityScheme scheme, JwtExtension extension, DocumentNode node, DiagnosticBag diagnostics)
    {
        string? address = scheme.Type == "openIdConnect" ? scheme.OpenIdConnectUrl : extension.Issuer;
        if (address is not null)
            CheckAddress(address, node.At("issuer"), diagnostics);
    }

    // Whoever can change the keys on their way can sign whatever they like.
    private static void CheckAddress(string address, DocumentNode node, DiagnosticBag diagnostics)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || !KeyOrigin.IsSafe(uri))
            diagnostics.Add(JwtDiagnostics.InsecureKeySource, node, $"Keys are not fetched from {address}.", "Use https; http is for this machine alone, or name a service of the document with 'jwks.service'.");
    }
}
