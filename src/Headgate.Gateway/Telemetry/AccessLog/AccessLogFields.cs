using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>The limits of texts in a line, and the fields that both formats write alike.</summary>
internal static class AccessLogFields
{
    // The sum of all limits, the largest fixed parts and the marks of cut texts stays below the buffer.
    public const int BufferBytes = 12 * 1024;
    public const int MaxMethodBytes = 32;
    public const int MaxPathBytes = 2048;
    public const int MaxQueryBytes = 2048;
    public const int MaxNameBytes = 256;
    public const int MaxAgentBytes = 512;

    /// <summary>The path, without tokens in it. One that could not be understood is written as it was sent, without scheme and authority.</summary>
    public static void WritePath(ref LogLineWriter line, GatewayContext context)
    {
        ReadOnlySpan<char> path = IsUnderstood(context) ? context.Request.Path : PathOf(context.Request.RawTarget);
        if (!QueryRedactor.MayHoldToken(path))
        {
            line.Text(path, MaxPathBytes);
            return;
        }

        int left = MaxPathBytes;
        bool isFirst = true;
        foreach (Range range in path.Split('/'))
        {
            ReadOnlySpan<char> segment = path[range];
            if (!isFirst)
                left -= line.Text("/", 1);
            isFirst = false;
            left -= line.Text(QueryRedactor.IsToken(segment) ? QueryRedactor.Replacement : segment, Math.Max(0, left));
            if (left <= 0)
                return;
        }
    }

    /// <summary>The query of a request with its question mark; empty when there is none.</summary>
    public static ReadOnlySpan<char> QueryOf(GatewayContext context)
    {
        if (IsUnderstood(context))
            return context.Request.Query;
        ReadOnlySpan<char> target = context.Request.RawTarget;
        int query = target.IndexOf('?');
        return query < 0 ? default : target[query..];
    }

    /// <summary>A query without its secrets.</summary>
    public static void WriteQuery(ref LogLineWriter line, scoped ReadOnlySpan<char> query, QueryRedactor redactor)
    {
        int left = MaxQueryBytes;
        foreach (QueryParameter parameter in redactor.Read(query))
        {
            left -= line.Text(parameter.Name, left);
            if (left > 0)
                left -= line.Text(parameter.IsSecret ? QueryRedactor.Replacement : parameter.Value, left);
            if (left <= 0)
                return;
        }
    }

    private static bool IsUnderstood(GatewayContext context) =>
        context.Failure is not { } failure || !ReferenceEquals(failure.Kind, ErrorCatalogue.RequestTargetInvalid);

    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        int query = target.IndexOf('?');
        if (query >= 0)
            target = target[..query];

        // RFC 9112 §3.2.2: the absolute form, whose authority may carry a user's password.
        int authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
            return target;
        int path = target[(authority + 3)..].IndexOf('/');
        return path < 0 ? "/" : target[(authority + 3 + path)..];
    }
}
