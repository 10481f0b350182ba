using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.ServiceAccounts.OAuth;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>
/// The security schemes whose tokens Headgate itself issues: <c>oauth2</c> with the flow <c>clientCredentials</c>, without <c>x-gateway-jwt</c>, and with the
/// <c>tokenUrl</c> of the gateway.
/// </summary>
internal static class OwnSchemes
{
    /// <summary>Whether a scheme is one.</summary>
    /// <param name="document">The document that has it. One that declares the path of the token endpoint itself means its own service.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="issuer">The name of the gateway, where the settings say it.</param>
    public static bool IsOwn(ApiDocument document, ApiSecurityScheme scheme, Uri? issuer) =>
        scheme.Type == "oauth2"
        && scheme.Extensions.Get<JwtExtension>() is null
        && FlowOf(scheme)?["tokenUrl"] is ScalarNode url
        && IsTokenUrl(url.Text, issuer)
        && !document.Operations.Any(IsTokenEndpoint);

    /// <summary>The other flows of a scheme, which Headgate does not offer.</summary>
    public static IReadOnlyList<string> OtherFlowsOf(ApiSecurityScheme scheme) =>
        [.. ((scheme.Node["flows"] as ObjectNode)?.Members ?? []).Select(member => member.Key).Where(name => name != "clientCredentials" && !name.StartsWith("x-", StringComparison.Ordinal))];

    /// <summary>The scopes that a scheme declares.</summary>
    public static IReadOnlyList<string> ScopesOf(ApiSecurityScheme scheme) => [.. ((FlowOf(scheme)?["scopes"] as ObjectNode)?.Members ?? []).Select(member => member.Key)];

    /// <summary>The scopes that a plan's own schemes declare.</summary>
    public static IReadOnlyCollection<string> ScopesOf(GatewayPlan plan) => AuthenticatorsOf(plan).SelectMany(authenticator => authenticator.Scopes).ToHashSet(StringComparer.Ordinal);

    /// <summary>The names under which a plan's documents look for the tenant of an own token.</summary>
    public static IEnumerable<string> TenantClaimsOf(GatewayPlan plan) => AuthenticatorsOf(plan).Select(authenticator => authenticator.TenantClaim);

    private static IEnumerable<ServiceAccountAuthenticator> AuthenticatorsOf(GatewayPlan plan) => plan.Apis.SelectMany(api => api.Authenticators.Values).OfType<ServiceAccountAuthenticator>();

    private static ObjectNode? FlowOf(ApiSecurityScheme scheme) => (scheme.Node["flows"] as ObjectNode)?["clientCredentials"] as ObjectNode;

    // An absolute address may be anybody's, unless the settings say that it is the gateway's.
    private static bool IsTokenUrl(string url, Uri? issuer) =>
        url == OAuthApi.TokenPath
        || (issuer is not null && Uri.TryCreate(url, UriKind.Absolute, out Uri? absolute) && absolute == new Uri(issuer, OAuthApi.TokenPath));

    private static bool IsTokenEndpoint(ApiOperation operation) => operation.Method == "POST" && operation.BasePaths.Any(basePath => basePath + operation.Path.Text == OAuthApi.TokenPath);
}
