using System.Buffers;
using Headgate.Gateway.Forwarding;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>Checks what the types of <see cref="ApiKeyExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class ApiKeyChecker
{
    // RFC 9110 §5.6.2: what names of header fields and cookies are made of.
    private static readonly SearchValues<char> s_token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiSecurityScheme scheme, ApiKeyExtension extension, string tenantHeader, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? scheme.Node;
        if (scheme.Type != "apiKey")
        {
            diagnostics.Add(ApiKeyDiagnostics.WrongScheme, node, $"The scheme '{scheme.Key}' does not carry API keys.", "Use type: apiKey.");
            return;
        }

        if (extension.Store != ApiKeyExtension.OwnStore)
            diagnostics.Add(ApiKeyDiagnostics.UnknownStore, node.At("store"), $"There is no store of keys '{extension.Store}'.", $"Write '{ApiKeyExtension.OwnStore}', or leave it out.");
        if (scheme is { In: { } location, ParameterName: { } name } && !CanHold(location, name, tenantHeader))
            diagnostics.Add(ApiKeyDiagnostics.ImpossiblePlace, scheme.Node.At("name"), $"A key cannot stand in the {location.ToString().ToLowerInvariant()} '{name}'.", "Name one that has no other meaning, for example X-API-Key.");
        if (extension.Header is { } header && !CanHold(ParameterLocation.Header, header, tenantHeader))
            diagnostics.Add(ApiKeyDiagnostics.ImpossiblePlace, node.At("header"), $"A key cannot stand in the header '{header}'.", "Name one that has no other meaning, for example X-API-Key.");
    }

    private static bool CanHold(ParameterLocation location, string name, string tenantHeader) => name.Length > 0 && location switch
    {
        // Clients are told the name in a quoted string (RFC 9110 §5.6.4).
        ParameterLocation.Query => name.All(c => c is >= ' ' and <= '~' and not ('"' or '\\')),
        ParameterLocation.Cookie => !name.AsSpan().ContainsAnyExcept(s_token),

        // What Headgate reads or writes itself is not forwarded as it is, and so no place of a client's own.
        _ => !name.AsSpan().ContainsAnyExcept(s_token) && RequestFieldRules.FateOf(name, tenantHeader) == FieldFate.Pass && !name.Equals("Cookie", StringComparison.OrdinalIgnoreCase),
    };
}
