using System.Diagnostics;
using System.Globalization;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>The names and attributes of spans, by OpenTelemetry's semantic conventions for HTTP (stable since 1.23.0).</summary>
internal static class SpanAttributes
{
    public static void DescribeRequest(Activity span, GatewayContext context, in RequestOutcome outcome, QueryRedactor redactor)
    {
        ClientRequest request = context.Request;
        string method = SetMethod(span, request.Method);
        string? route = context.Operation is { } operation ? RouteOf(operation, request.Path) : null;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", QueryRedactor.RedactPath(request.Path));
        if (request.Query.Length > 1)
            span.SetTag("url.query", redactor.RedactQuery(request.Query)[1..]);
        HostString host = new(request.Headers.Host.ToString());
        SetServer(span, host.Host, host.Port);
        span.SetTag("client.address", context.ClientAddress.Text);
        span.SetTag("network.protocol.version", request.Protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? request.Protocol[5..] : request.Protocol);
        span.SetTag("user_agent.original", context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null);
        span.SetTag("http.response.status_code", outcome.Status);
        span.SetTag("headgate.request_id", context.RequestId);
        span.SetTag("headgate.api", context.Operation?.Api.Name);
        span.SetTag("headgate.operation", context.Operation?.Id);

        // A server span is an error from 500 on: what a client did wrong is no failure of the server.
        bool brokenOff = context.Failure?.Kind.ProxyStatus is not null;
        SetError(span, context, outcome.Status, outcome.Status >= 500 || brokenOff);
    }

    public static void DescribeCall(Activity span, GatewayContext context, in RequestOutcome outcome, in UpstreamCall call, QueryRedactor redactor)
    {
        UpstreamInstance instance = call.Instance;
        int query = call.Target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? call.Target : call.Target[..query];
        span.DisplayName = SetMethod(span, call.Method);
        string scheme = instance.IsTls ? "https" : "http";
        span.SetTag("url.full", $"{scheme}://{instance.HostHeader}{QueryRedactor.RedactPath(path)}{redactor.RedactQuery(call.Target[path.Length..])}");
        SetServer(span, instance.Url.IdnHost, instance.Url.Port);
        span.SetTag("headgate.service", instance.Service);

        // The status is the upstream's only when nothing of Headgate's took its place.
        bool answered = context.Timings.UpstreamHeadAt >= context.Timings.UpstreamStartedAt && (context.Failure is null || context.Response.HasStarted);
        if (answered && outcome.Status != RequestOutcome.ClientGone)
            span.SetTag("http.response.status_code", outcome.Status);
        SetError(span, context, outcome.Status, outcome.Status >= 400 || context.Failure is not null);
    }

    // A method that HTTP does not register would make names of spans at will.
    private static string SetMethod(Activity span, string method)
    {
        bool known = method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT" or "QUERY";
        span.SetTag("http.request.method", known ? method : "_OTHER");
        if (!known)
            span.SetTag("http.request.method_original", method);
        return known ? method : "HTTP";
    }

    private static void SetServer(Activity span, string host, int? port)
    {
        span.SetTag("server.address", host.Length == 0 ? null : host);
        if (port is > 0)
            span.SetTag("server.port", port.Value);
    }

    private static void SetError(Activity span, GatewayContext context, int status, bool isError)
    {
        if (!isError)
            return;
        span.SetTag("error.type", context.Failure?.Kind.Name ?? status.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }

    private static string RouteOf(OperationPlan operation, string path)
    {
        string longest = "";
        foreach (string basePath in operation.Operation.BasePaths)
        {
            if (basePath.Length > longest.Length && path.StartsWith(basePath, StringComparison.Ordinal))
                longest = basePath;
        }

        return longest + operation.Operation.Path.Text;
    }
}
