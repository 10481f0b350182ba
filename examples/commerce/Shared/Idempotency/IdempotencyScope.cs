using System.Security.Cryptography;
using System.Text;
using Commerce.Shared.Web;

namespace Commerce.Shared.Idempotency;

/// <summary>Whose key it is and for what: the same key of another tenant, caller or endpoint is another key.</summary>
internal sealed record IdempotencyScope(string Tenant, string Caller, string Endpoint, string Key)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;
    private const string UndoSuffix = "/undo";

    /// <summary>
    /// The scope of the key that this one undoes, of whatever endpoint: <c>k/undo</c> undoes what was done, or is still to come, under <c>k</c>.
    /// Null when it undoes nothing.
    /// </summary>
    public IdempotencyScope? Undone => Key.Length > UndoSuffix.Length && Key.EndsWith(UndoSuffix, StringComparison.Ordinal)
        ? this with { Endpoint = "", Key = Key[..^UndoSuffix.Length] }
        : null;

    /// <summary>The scope of a request, or null when it carries no key.</summary>
    public static IdempotencyScope? Of(ServiceRequest request)
    {
        if (request.Header(Header) is not { } text)
            return null;
        // draft-ietf-httpapi-idempotency-key-header §2.1: the key is a structured String; bare keys are common and taken too.
        var key = text is ['"', .., '"'] ? text[1..^1] : text;
        if (key.Length is 0 or > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw ApiException.Invalid($"header/{Header}", $"must have 1 to {LongestKey} visible ASCII characters");
        var caller = request.Caller;
        var name = caller.UserId ?? (caller.IsService ? "service" : "anonymous");
        return new IdempotencyScope(
            caller.TenantId ?? request.Header("X-Tenant-ID") ?? "", name, $"{request.Http.Request.Method} {request.Http.Request.Path}", key);
    }

    /// <summary>What tells one payload from another: query and body, byte for byte.</summary>
    public static string Fingerprint(ServiceRequest request)
    {
        var query = Encoding.UTF8.GetBytes(request.Http.Request.QueryString.Value + "\n");
        return Convert.ToHexStringLower(SHA256.HashData([.. query, .. request.RawBody]));
    }
}
