using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Checks what the types of <see cref="JwtExtension"/> cannot say. Stateless, thread-safe.</summary>
public static class JwtChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiDocument document, ApiSecurityScheme scheme, JwtExtension extension, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DocumentNode node = extension.Node ?? scheme.Node;
        bool discovers = scheme.Type == "openIdConnect";
        if (!discovers && scheme.Type != "oauth2" && scheme is not { Type: "http", HttpScheme: "bearer" })
            diagnostics.Add(JwtDiagnostics.WrongScheme, node, $"The scheme '{scheme.Key}' does not carry bearer tokens.", "Use type: http with scheme: bearer, oauth2 or openIdConnect.");
        if (!discovers && extension.Issuer is null && extension.Jwks is null)
            diagnostics.Add(JwtDiagnostics.NoIssuer, node, "Neither 'issuer' nor 'jwks' says whose tokens are accepted.", "Add 'issuer'.");
        if (extension.Jwks is { } jwks && (jwks.File is null) == (jwks.Uri is null))
            diagnostics.Add(JwtDiagnostics.BadKeySource, node.At("jwks"), "The keys come from a file or from a URI: give one of them.", "Keep 'file' or 'uri'.");

        // RFC 8725 §3.9: a token for another recipient must not be accepted here.
        if (extension.Audiences.Count == 0)
            diagnostics.Add(JwtDiagnostics.AnyAudience, node, "Tokens that were issued for other recipients are accepted.", "Add 'audiences'.");
    }
}
