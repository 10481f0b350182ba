using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>The head of an answer as the rules see it. A value.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The header fields.</param>
/// <param name="Directives">What holds of <c>CDN-Cache-Control</c> and <c>Cache-Control</c>.</param>
/// <param name="IsTargeted">Whether that is the former: <c>Expires</c> does not count then.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="ReceivedAt">When its head was complete.</param>
internal readonly record struct ReceivedAnswer(
    int Status, IHeaderDictionary Headers, ResponseDirectives Directives, bool IsTargeted, DateTimeOffset RequestedAt, DateTimeOffset ReceivedAt)
{
    public static ReceivedAnswer Of(int status, IHeaderDictionary headers, DateTimeOffset requestedAt, DateTimeOffset receivedAt)
    {
        ResponseDirectives? targeted = TargetedDirectives.Parse(headers[TargetedDirectives.Header]);
        return new ReceivedAnswer(status, headers, targeted ?? ResponseDirectives.Parse(headers.CacheControl), targeted is not null, requestedAt, receivedAt);
    }
}
