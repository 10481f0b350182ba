using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>Puts answers of the cache into the response to a client. Each takes over the hold on the body.</summary>
internal static class CacheAnswer
{
    // RFC 9110 §15.4.5: what tells of a body that is not there.
    private static readonly string[] s_notIn304 = ["Content-Length", "Content-Type", "Content-Encoding", "Content-Language", "Content-Range"];

    /// <summary>Gives a stored answer. Allocates nothing where the same was given before in the same second.</summary>
    /// <param name="context">The request.</param>
    /// <param name="head">The head to give.</param>
    /// <param name="body">The body; held.</param>
    /// <param name="reader">The reader of a body that is still coming.</param>
    /// <param name="now">The time.</param>
    /// <param name="status">What <c>Cache-Status</c> says; null for a hit.</param>
    public static void Give(GatewayContext context, StoredHead head, StoredBody body, BodyReader? reader, DateTimeOffset now, string? status = null)
    {
        ClientResponse response = context.Response;
        response.StatusCode = head.Status;
        IHeaderDictionary headers = response.Headers;
        foreach ((string name, StringValues values) in head.Fields)
            headers[name] = values;
        ServedTexts texts = ServedTexts.Of(head, now);
        headers.Age = texts.Age;
        headers[CacheStatus.Header] = status is null ? texts.Status : CacheStatus.Join(head, status);
        GiveBody(context, head.Validators, body, reader);
    }

    /// <summary>Gives an answer as it came.</summary>
    public static void Give(GatewayContext context, GatewayContext fetched, StoredValidators validators, StoredBody body, BodyReader? reader, string status)
    {
        ClientResponse response = context.Response;
        response.StatusCode = fetched.Response.StatusCode;
        CopyHeaders(fetched, response.Headers);
        response.Headers.Append(CacheStatus.Header, status);

        // What the upstream said of a body that it did not send stays as it is.
        if (fetched.Request.Method == HttpMethods.Head)
            LetGo(body, reader);
        else
            GiveBody(context, validators, body, reader);
    }

    /// <summary>Copies the fields of an answer that was fetched apart from the client: its framing was for that exchange, and names for purging are nobody else's.</summary>
    public static void CopyHeaders(GatewayContext fetched, IHeaderDictionary target)
    {
        foreach ((string name, StringValues values) in fetched.Response.Headers)
            target[name] = values;
        target.Remove("Transfer-Encoding");
        SurrogateKeys.Strip(target);
    }

    private static void GiveBody(GatewayContext context, StoredValidators validators, StoredBody body, BodyReader? reader)
    {
        ClientResponse response = context.Response;
        IHeaderDictionary request = context.Request.Headers;
        long? length = body.TotalLength;
        if (response.StatusCode == StatusCodes.Status200OK && Preconditions.IsNotModified(request, validators, context.Clock.GetUtcNow()))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            foreach (string name in s_notIn304)
                response.Headers.Remove(name);
            LetGo(body, reader);
            return;
        }

        long start = 0;
        // RFC 9110 §14.2: ranges are defined for GET alone.
        if (response.StatusCode == StatusCodes.Status200OK && context.Request.Method == HttpMethods.Get && length is { } whole && request.Range.Count == 1
            && Preconditions.AllowRange(request, validators) && ByteRange.Parse(request.Range[0], whole) is { } range)
        {
            response.StatusCode = range.Length == 0 ? StatusCodes.Status416RangeNotSatisfiable : StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = range.ContentRange(whole);
            (start, length) = (range.Start, range.Length);
        }

        // RFC 9110 §8.6: no Content-Length in a 204.
        response.Headers.ContentLength = response.StatusCode == StatusCodes.Status204NoContent ? null : length;
        if (context.Request.Method == HttpMethods.Head || length == 0)
        {
            LetGo(body, reader);
            return;
        }

        context.CachedBody.Begin(body, reader, start, length);
        response.Body = context.CachedBody;
    }

    // A body that its only reader does not want is filled all the same: the next one may.
    private static void LetGo(StoredBody body, BodyReader? reader)
    {
        body.FillsUnread = true;
        if (reader is not null)
            body.Leave(reader);
        body.LetGo();
    }
}
