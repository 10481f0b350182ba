using System.Diagnostics;
using Commerce.Shared.Tracing;

namespace Commerce.Connectors;

/// <summary>Makes each attempt a span of the trace.</summary>
internal sealed class TracingInterceptor(ServiceTracing tracing) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(ServiceTracing.TraceParentHeader);
        request.Headers.Remove(ServiceTracing.TraceStateHeader);
        using var activity = tracing.StartClient(request);
        var response = await base.SendAsync(request, cancellationToken);
        activity.SetTag("http.response.status_code", (int)response.StatusCode);
        if (!response.IsSuccessStatusCode)
            activity.SetStatus(ActivityStatusCode.Error);
        return response;
    }
}
