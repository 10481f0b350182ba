using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Authentication;
using Headgate.OpenApi.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>
/// Makes authenticators for <c>apiKey</c> schemes with <c>x-gateway-api-key</c>. A scheme without it does not say whose its keys are: they may as well be the service's own.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where refusals are told.</param>
public sealed class ApiKeyAuthenticatorCompiler(KnownKeys keys, TimeProvider time, ILogger<ApiKeyAuthenticatorCompiler> logger) : AuthenticatorCompiler
{
    /// <inheritdoc/>
    public override bool Handles(ApiDocument document, ApiSecurityScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return scheme.Extensions.Get<ApiKeyExtension>() is not null;
    }

    /// <inheritdoc/>
    public override Authenticator? Compile(SecurityScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ApiKeyExtension extension = scope.Scheme.Extensions.Get<ApiKeyExtension>()!;
        return scope.Scheme is { In: { } location, ParameterName: { } name }
            ? new ApiKeyAuthenticator(PlacesOf(location, name, extension.Header), keys, extension.StaleFor, new ApiKeyRefusals(scope.Scheme.Key, time, logger))
            : null; // Reported where the document was read, or by the checker.
    }

    private static CredentialPlace[] PlacesOf(ParameterLocation location, string name, string? header)
    {
        CredentialPlace own = Place(location, name);
        return header is null || own.IsField(header) ? [own] : [own, Place(ParameterLocation.Header, header)];
    }

    // Bearer tokens of other schemes stand in Authorization too, and go on to the service.
    private static CredentialPlace Place(ParameterLocation location, string name)
    {
        var place = new CredentialPlace(location, name);
        return place.IsField(HeaderNames.Authorization) ? place with { Mark = ApiKeyText.Prefix } : place;
    }
}
