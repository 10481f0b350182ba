using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Server.Explaining;

/// <summary>Makes the features of a request that nobody sent, as Kestrel would make them of one that somebody did.</summary>
internal static class SyntheticRequest
{
    /// <summary>The features; null, with the reason, when the request could not be one.</summary>
    public static FeatureCollection? Create(ExplainRequest request, out string reason)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (!AddHeaders(request.Headers ?? [], headers, out reason))
            return null;
        (string scheme, string? host, string target) = Split(request.Url);
        if (headers.Host.Count == 0)
            headers.Host = host ?? "localhost";

        byte[]? body = request.Body is null ? null : Encoding.UTF8.GetBytes(request.Body);
        if (body is not null && headers.TransferEncoding.Count == 0)
            headers.ContentLength ??= body.Length;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method,
            Scheme = scheme,
            Protocol = "HTTP/1.1",
            RawTarget = target,
            Headers = headers,
            Body = body is null ? Stream.Null : new MemoryStream(body),
        });
        features.Set<IHttpRequestBodyDetectionFeature>(new DeclaredBody(headers.ContentLength > 0 || headers.TransferEncoding.Count > 0));
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = IPAddress.Loopback, LocalIpAddress = IPAddress.Loopback });
        features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(new DefaultHttpContext(features)));
        return features;
    }

    private static bool AddHeaders(IReadOnlyList<string> lines, IHeaderDictionary headers, out string reason)
    {
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : line[..colon];
            if (name.Length == 0 || name.Any(c => c <= ' ' || c >= 127))
            {
                reason = $"'{line}' is not a header field: write Name: value.";
                return false;
            }

            headers.Append(name, line[(colon + 1)..].Trim());
        }

        reason = "";
        return true;
    }

    // The target stays as it was written, since that is what is to be explained: Uri would normalise it.
    private static (string Scheme, string? Host, string Target) Split(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || url.StartsWith('/'))
            return ("http", null, url);
        int path = url.AsSpan(scheme + 3).IndexOfAny('/', '?');
        int end = path < 0 ? url.Length : scheme + 3 + path;
        string target = url[end..];
        return (url[..scheme].ToLowerInvariant(), url[(scheme + 3)..end], target.StartsWith('/') ? target : "/" + target);
    }

    private sealed class DeclaredBody(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody { get; } = canHaveBody;
    }
}
