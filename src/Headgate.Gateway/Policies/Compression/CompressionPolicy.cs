using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Compresses answers that are worth it for clients that accept it (RFC 9110 §8.4, §12.5.3).</summary>
/// <param name="settings">Which answers.</param>
/// <param name="load">The bounds of the process.</param>
internal sealed class CompressionPolicy(CompressionExtension settings, CompressionLoad load) : GatewayPolicy
{
    // RFC 9530 and its forerunners: a digest of the bytes would no longer be theirs.
    private static readonly string[] s_digests = ["Content-Digest", "Repr-Digest", "Digest", "Content-MD5"];

    private readonly CompressibleTypes _types = new(settings.Types);

    public override string Name => "compression";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("compression", settings);

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
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

    private static bool IsOpenToIt(ClientResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        if (response.StatusCode is StatusCodes.Status206PartialContent or StatusCodes.Status101SwitchingProtocols or StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
            return false;
        if (headers.ContentEncoding.Count > 0 || headers.ContentRange.Count > 0 || ForbidsTransformation(headers.CacheControl))
            return false;
        foreach (string digest in s_digests)
        {
            if (headers.ContainsKey(digest))
                return false;
        }

        return true;
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

        // RFC 9110 §8.8.3: a strong validator names these very bytes; the compressed ones are another representation.
        if (headers.ETag is [{ } tag] && !tag.StartsWith("W/", StringComparison.Ordinal))
            headers.ETag = $"W/{tag}";
    }
}
