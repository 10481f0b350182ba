using System.Globalization;
using System.Text;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.SizeLimits;

/// <summary>
/// Bounds what a request brings. URL and header fields are in memory by then, within what the listener takes; a declared length of the body is refused before
/// anything is sent upstream; a chunked body is counted while it streams, and the exchange breaks off with 413 at the bound.
/// </summary>
/// <param name="most">The bounds.</param>
internal sealed class SizeLimitsPolicy(RequestSize most) : GatewayPolicy
{
    // RFC 9112 §5: the colon, a space and the end of the line.
    private const int BytesAroundField = 4;

    public override string Name => "size-limits";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => 
    [
        new PlanSetting("size of the body", InBytes(most.Body)),
        .. most.Headers is { } headers ? [new PlanSetting("size of the header fields", InBytes(headers))] : Array.Empty<PlanSetting>(),
        .. most.Url is { } url ? [new PlanSetting("size of the URL", InBytes(url))] : Array.Empty<PlanSetting>(),
    ];

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        ClientRequest request = context.Request;
        request.MaxBodySize = most.Body;
        GatewayFailure? failure = null;
        if (most.Url is { } url && Encoding.UTF8.GetByteCount(request.RawTarget) is var targetBytes && targetBytes > url)
            failure = new(ErrorCatalogue.RequestUrlTooLong, $"The URL has {targetBytes} bytes; this operation takes {url}.");
        else if (most.Headers is { } headers && BytesOfHeaders(request) is var headerBytes && headerBytes > headers)
            failure = new(ErrorCatalogue.RequestHeadersTooLarge, $"The header fields have {headerBytes} bytes; this operation takes {headers}.");
        else if (request.ContentLength is { } length && length > most.Body)
            failure = new(ErrorCatalogue.RequestBodyTooLarge, $"The body has {length} bytes; this operation takes {most.Body}.");

        if (failure is not null)
        {
            context.Explanation?.Add(Name, "refused", failure.Detail);
            return new ValueTask<PolicyVerdict>(context.Fail(failure));
        }

        context.Explanation?.Add(Name, "continue", $"the body may have {most.Body} bytes");
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    private static string InBytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");

    private static long BytesOfHeaders(ClientRequest request)
    {
        long bytes = 0;
        foreach ((string name, StringValues values) in request.Headers)
        {
            foreach (string? value in values)
                bytes += name.Length + BytesAroundField + (value is null ? 0 : Encoding.UTF8.GetByteCount(value));
        }

        return bytes;
    }
}
