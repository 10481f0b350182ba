namespace Commerce.Users.Identity;

/// <summary>
/// A request that OAuth 2.0 or OpenID Connect has an error code for. The description is a fixed text: nothing of the request
/// stands in it (RFC 6749 §4.1.2.1 and §5.2 allow printable ASCII without quotes and backslashes).
/// </summary>
internal sealed class ProtocolException(string code, string description) : Exception(description)
{
    public string Code { get; } = code;

    public static ProtocolException InvalidRequest(string description) => new("invalid_request", description);

    public static ProtocolException InvalidClient(string description) => new("invalid_client", description);

    public static ProtocolException InvalidGrant(string description) => new("invalid_grant", description);

    public static ProtocolException InvalidScope(string description) => new("invalid_scope", description);
}
