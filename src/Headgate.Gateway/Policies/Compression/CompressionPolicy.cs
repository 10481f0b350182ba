using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Representations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Compresses answers that are worth it for clients that accept it (RFC 9110 §8.4, §12.5.3).</summary>
/// <param name="settings">Which answers.</param>
/// <param name="load">The bounds of the process.</param>
internal sealed class CompressionPolicy(CompressionExtension settings, CompressionLoad load) : GatewayPolicy
{
    private readonly CompressibleTypes _types = new(settings.Types);

    public override string Name => "compression";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("compression", settings);

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        if (context.Response.StatusCode == StatusCodes.Status304NotModified)
        {
            DescribeUnchanged(context);
            return ValueTask.CompletedTask;
        }

        if (context.Response.Body is not { } body || !_types.Contains(headers.ContentType) || !IsOpenToIt(context.Response))
            return ValueTask.CompletedTask;
        VaryField.Add(headers, "Accept-Encoding");
        if (AcceptedCodings.Choose(context.Request.Headers.AcceptEncoding, settings.Codings) is not { } coding || headers.ContentLength < settings.MinSize.Bytes)
            return ValueTask.CompletedTask;
        bool hasContent = context.Request.Method != "HEAD";
        if (hasContent && !load.TryBegin())
            return ValueTask.CompletedTask;
        Describe(headers, coding);
        if (hasContent)
            context.Response.Body = new CompressedBody(body, coding, load);
        return ValueTask.CompletedTask;
    }

    // RFC 9110 §15.4.5: Vary and the tag are those that the 200 would have. Its type and length a 304 need not tell: where they are unknown, it speaks of an answer that is compressed.
    private void DescribeUnchanged(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        if (!IsOpenToIt(context.Response) || (headers.ContentType.Count > 0 && !_types.Contains(headers.ContentType)))
            return;
        VaryField.Add(headers, "Accept-Encoding");
        if (AcceptedCodings.Choose(context.Request.Headers.AcceptEncoding, settings.Codings) is not null && !(headers.ContentLength < settings.MinSize.Bytes))
            Weaken(headers);
    }

    private static bool IsOpenToIt(ClientResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        if (response.StatusCode is StatusCodes.Status206PartialContent or StatusCodes.Status101SwitchingProtocols or StatusCodes.Status204NoContent)
            return false;
        if (headers.ContentEncoding.Count > 0 || headers.ContentRange.Count > 0 || ForbidsTransformation(headers.CacheControl))
            return false;

        // A digest of the bytes would no longer be theirs.
        return !DigestFields.AreIn(headers);
    }

    // RFC 9111 §5.2.2.6.
    private static bool ForbidsTransformation(StringValues cacheControl)
    {
        foreach (string? list in cacheControl)
        {
            if (list is not null && list.Contains("no-transform", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static void Describe(IHeaderDictionary headers, ContentCoding coding)
    {
        headers.ContentEncoding = AcceptedCodings.NameOf(coding);
        headers.ContentLength = null;
        headers.TransferEncoding = default;

        // Ranges would be of the bytes as they were.
        headers.AcceptRanges = default;

        Weaken(headers);
    }

    private static void Weaken(IHeaderDictionary headers)
    {
        // RFC 9110 §8.8.3: a strong validator names these very bytes; the compressed ones are another representation.
        if (headers.ETag is [{ } tag] && !tag.StartsWith("W/", StringComparison.Ordinal))
            headers.ETag = $"W/{tag}";
    }
}
