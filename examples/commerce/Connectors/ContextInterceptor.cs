using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>Carries the ids of the request that is being served on to the next service.</summary>
internal sealed class ContextInterceptor : DelegatingHandler
{
    public static readonly HttpRequestOptionsKey<CallContext> CallKey = new("commerce.call");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(CallKey, out var call))
        {
            Add(request, RequestIdentity.RequestIdHeader, call.RequestId);
            Add(request, RequestIdentity.CorrelationIdHeader, call.CorrelationId);
            Add(request, "X-User-ID", call.UserId);
            Add(request, "X-Tenant-ID", call.TenantId);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
            request.Headers.TryAddWithoutValidation(name, value);
    }
}
