using System.Buffers;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.RequestId;

/// <summary>
/// Gives every request its id, before anything is decided: the client's when it has an acceptable form, else a new UUIDv7. The same for the
/// correlation id, which is the request id when none came in.
/// </summary>
internal static class RequestIdentification
{
    public const string RequestIdHeader = "X-Request-ID";
    public const string CorrelationIdHeader = "X-Correlation-ID";

    private const int MaxLength = 128;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Sets the ids of the context.</summary>
    public static void Apply(GatewayContext context)
    {
        string? sent = context.Request.Headers[RequestIdHeader];
        context.RequestId = IsAcceptable(sent) ? sent! : UuidV7.NewString(context.Clock.GetUtcNow());
        string? correlation = context.Request.Headers[CorrelationIdHeader];
        context.CorrelationId = IsAcceptable(correlation) ? correlation! : context.RequestId;
    }

    /// <summary>Puts the request's id into the answer, in place of one that an upstream sent.</summary>
    public static void Sign(GatewayContext context) => context.Response.Headers[RequestIdHeader] = context.RequestId;

    // At most 128 of [A-Za-z0-9._-]: nothing that could break a log line, a header or a file name.
    private static bool IsAcceptable(string? id) =>
        !string.IsNullOrEmpty(id) && id.Length <= MaxLength && !id.AsSpan().ContainsAnyExcept(s_allowed);
}
