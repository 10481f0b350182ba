using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RequestId;
using Headgate.Gateway.Policies.TraceContext;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Which header fields an upstream sees: the client's, without hop-by-hop and identity fields, and those that Headgate adds. The one place for these rules,
/// used by both transports. Framing (<c>Host</c>, <c>Content-Length</c>, <c>Transfer-Encoding</c>, <c>Connection</c>, <c>Upgrade</c>, <c>Expect</c>) is the transport's own and never passes here.
/// </summary>
internal static class UpstreamRequestHeaders
{
    public const string UserHeader = "X-User-ID";

    private const string AcceptEncodingHeader = "Accept-Encoding";

    public static void Write<TSink>(GatewayContext context, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        ApiPlan api = context.Operation!.Api;
        StringValues connection = context.Request.Headers.Connection;
        OwnCredentials? own = api.OwnCredentials;
        bool trusted = context.TrustedProxies.Contains(context.Request.PeerAddress);
        foreach ((string name, StringValues values) in context.Request.Headers)
        {
            FieldFate fate = RequestFieldRules.FateOf(name, api.TenantHeader);
            if (context.WantsPlainAnswer && name.Equals(AcceptEncodingHeader, StringComparison.OrdinalIgnoreCase))
                continue;
            bool passes = fate == FieldFate.Pass || (fate == FieldFate.Forwarding && trusted && !ForwardedFields.IsContinued(name));
            if (!passes || ConnectionNames(connection, name) || own?.Holds(name, values) == true || context.UpstreamFields?.Drops(name) == true)
                continue;
            if (own is { HasCookies: true } && name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
                WriteCookies(own, name, values, ref sink);
            else
                WriteValues(name, values, ref sink);
        }

        if (context.WantsPlainAnswer)
            sink.Add(AcceptEncodingHeader, "identity");
        context.UpstreamFields?.Write(ref sink);
        WriteIdentity(context, api, ref sink);
        WriteTrace(context, ref sink);
        ForwardedFields.Write(context, trusted, ref sink);
    }

    private static void WriteValues<TSink>(string name, StringValues values, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        foreach (string? value in values)
            sink.Add(name, value);
    }

    private static void WriteCookies<TSink>(OwnCredentials own, string name, StringValues fields, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        foreach (string? field in fields)
        {
            if (own.CookiesOf(field ?? "") is { Length: > 0 } rest)
                sink.Add(name, rest);
        }
    }

    private static void WriteIdentity<TSink>(GatewayContext context, ApiPlan api, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        sink.Add(RequestIdentification.RequestIdHeader, context.RequestId);
        sink.Add(RequestIdentification.CorrelationIdHeader, context.CorrelationId);
        if (context.User is { } user)
            sink.Add(UserHeader, user);
        if (context.Tenant is { } tenant)
            sink.Add(api.TenantHeader, tenant);
    }

    private static void WriteTrace<TSink>(GatewayContext context, ref TSink sink)
        where TSink : struct, IHeaderSink, allows ref struct
    {
        Span<char> traceParent = stackalloc char[TraceIdentification.TraceParentLength];
        TraceIdentification.Format(context.Trace, traceParent);
        sink.Add("traceparent", traceParent);

        // W3C Trace Context §3.3: tracestate belongs to the traceparent that it came with.
        if (context.Trace.ParentSpanId != 0)
            WriteValues("tracestate", context.Request.Headers.TraceState, ref sink);
    }

    // RFC 9110 §7.6.1: what Connection names is for this hop as well.
    private static bool ConnectionNames(StringValues connection, string name)
    {
        foreach (string? list in connection)
        {
            if (list is null || list.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || list.Equals("close", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (Range range in list.AsSpan().Split(','))
            {
                if (list.AsSpan(range).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
