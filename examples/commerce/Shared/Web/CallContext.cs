using Commerce.Shared.Security;

namespace Commerce.Shared.Web;

/// <summary>The ids that belong to a request and follow it from service to service.</summary>
internal sealed record CallContext(string? RequestId, string? CorrelationId, string? UserId, string? TenantId)
{
    /// <summary>For work that no request asked for.</summary>
    public static readonly CallContext None = new(null, null, null, null);

    public static CallContext Of(HttpContext http, Caller caller) => new(
        http.Items[RequestIdentity.RequestIdKey] as string,
        http.Items[RequestIdentity.CorrelationIdKey] as string,
        caller.UserId,
        caller.TenantId);
}
