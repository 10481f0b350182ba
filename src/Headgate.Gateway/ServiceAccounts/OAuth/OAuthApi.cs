using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>What Headgate offers to clients of OAuth: tokens, the keys that sign them, and where both are.</summary>
internal sealed class OAuthApi(ExtensionRegistry extensions, TokenIssuer issuer, IReadOnlyDictionary<string, BuiltInOperation> operations)
    : BuiltInApi("headgate-oauth.openapi.yaml", extensions, operations)
{
    /// <summary>Where tokens are issued.</summary>
    public const string TokenPath = "/oauth/token";

    /// <summary>Where the keys are published.</summary>
    public const string KeysPath = "/.well-known/jwks.json";

    public override ErrorDialect Dialect => OAuthDialect.Instance;

    protected override string? ReasonToMount(IReadOnlyList<ApiDocument> documents)
    {
        foreach (ApiDocument document in documents)
        {
            if (document.SecuritySchemes.Values.FirstOrDefault(scheme => OwnSchemes.IsOwn(document, scheme, issuer.Given)) is { } scheme)
                return $"the security scheme '{scheme.Key}' of {document.Name} asks for it";
        }

        return issuer.Given is null ? null : $"the setting 'issuer' is given ({issuer.Name})";
    }
}
