using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Pipeline.Detached;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Idempotency;

/// <summary>An answer of a service as it is given again. Immutable.</summary>
/// <param name="Head">All but its body.</param>
/// <param name="Body">Its body.</param>
internal sealed record KeptAnswer(KeptHead Head, ReadOnlyMemory<byte> Body)
{
    /// <summary>Tells that an answer is one that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    // What tells of one exchange and not of the answer.
    private static readonly HashSet<string> s_ofTheExchange = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Date", "Keep-Alive", "RateLimit", "RateLimit-Policy", "traceparent", "tracestate", "Trailer", "Transfer-Encoding", "Via", "X-Correlation-ID", "X-Request-ID",
    };

    /// <summary>About how many bytes it takes in memory.</summary>
    public long Bytes => Body.Length + Head.Headers.Sum(header => 2L * (header.Key.Length + header.Value.Sum(value => value.Length)));

    /// <summary>Takes an answer down.</summary>
    public static KeptAnswer Of(DetachedAnswer answer)
    {
        var head = new KeptHead
        {
            Status = answer.Status,
            IsWhole = answer.IsWhole,
            Headers = answer.Headers.Where(header => !s_ofTheExchange.Contains(header.Key)).ToDictionary(header => header.Key, header => header.Value.Select(value => value ?? "").ToArray()),
            Error = answer.Failure is { } failure ? new KeptError(failure.Kind.Code, failure.Kind.Title, failure.Detail, failure.Service, failure.Errors) : null,
        };
        return new KeptAnswer(head, answer.IsWhole ? answer.Bytes.ToArray() : default);
    }

    /// <summary>Makes it the answer to a client.</summary>
    public void GiveTo(GatewayContext client)
    {
        IHeaderDictionary headers = client.Response.Headers;
        headers[ReplayedHeader] = "true";
        if (!Head.IsWhole)
        {
            GiveLocation(client);
            return;
        }

        foreach ((string name, string[] values) in Head.Headers)
            headers[name] = new StringValues(values);
        if (Head.Error is { } error)
        {
            client.Fail(error.ToFailure(Head.Status));
            return;
        }

        client.Response.StatusCode = Head.Status;
        if (Head.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
            return;
        headers.ContentLength = Body.Length;
        client.Response.Body = new BytesBody(Body);
    }

    // Never a part of it as if it were the whole.
    private void GiveLocation(GatewayContext client)
    {
        string? location = Head.Headers.TryGetValue("Location", out string[]? values) ? values.FirstOrDefault() : null;
        if (location is not null)
            client.Response.Headers.Location = location;
        client.Fail(new GatewayFailure(
            ErrorCatalogue.IdempotentAnswerTooLarge,
            $"The request was carried out before, and answered with {Head.Status}; that answer was too large to be kept.{(location is null ? "" : $" What came of it is at {location}.")}"));
    }
}
