using Headgate.Gateway.Errors;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>What can be wrong with a request for a token: the errors of RFC 6749 §5.2 that a client-credentials grant can meet.</summary>
public static class OAuthErrors
{
    /// <summary><c>invalid_request</c>.</summary>
    public static readonly GatewayErrorKind RequestInvalid = new("token_request_invalid", "VALIDATION_ERROR", 400, "The token request is malformed.");

    /// <summary><c>invalid_client</c>.</summary>
    public static readonly GatewayErrorKind ClientInvalid = new("token_client_invalid", "UNAUTHORIZED", 401, "The client is not authenticated.");

    /// <summary><c>unsupported_grant_type</c>.</summary>
    public static readonly GatewayErrorKind GrantUnsupported = new("token_grant_unsupported", "VALIDATION_ERROR", 400, "The grant type is not supported.");

    /// <summary><c>invalid_scope</c>.</summary>
    public static readonly GatewayErrorKind ScopeInvalid = new("token_scope_invalid", "VALIDATION_ERROR", 400, "The scope is not one that the client may have.");
}
