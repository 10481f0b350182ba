using System.Diagnostics;
using Microsoft.AspNetCore.Routing;

namespace Commerce.Shared.Tracing;

/// <summary>Gives every request its span, and the caller the trace id to ask about.</summary>
internal sealed class TracingMiddleware(ServiceTracing tracing)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        using var activity = tracing.StartServer(http.Request);
        await next(http);
        if (http.GetEndpoint() is RouteEndpoint route)
        {
            activity.DisplayName = $"{http.Request.Method} {route.RoutePattern.RawText}";
            activity.SetTag("http.route", route.RoutePattern.RawText);
        }

        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
    }
}
