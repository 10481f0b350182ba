using Headgate.Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Pipeline.Detached;

/// <summary>
/// What the handler of an operation answers to a request that goes on when its client goes away, so that it is known how it ended: its head, and its body in memory up to a bound. It is
/// given to the client afterwards. Used by one thread at a time.
/// </summary>
public sealed class DetachedAnswer
{
    // The framing of the client's message was for that connection; a body in memory has a length.
    private static readonly string[] s_framing = ["Content-Length", "Transfer-Encoding", "Expect", "Connection", "Upgrade", "TE", "Trailer"];

    private readonly GatewayContext _detached;
    private readonly OverflowBody _body;
    private Task _filling = Task.CompletedTask;

    private DetachedAnswer(GatewayContext detached, int mostBytes) => (_detached, _body) = (detached, new OverflowBody(mostBytes));

    /// <summary>The status of the answer.</summary>
    public int Status => Failure?.Kind.Status ?? _detached.Response.StatusCode;

    /// <summary>The header fields of the answer.</summary>
    public IHeaderDictionary Headers => _detached.Response.Headers;

    /// <summary>The error that is the answer, or null.</summary>
    public GatewayFailure? Failure => _detached.Failure;

    /// <summary>Whether a service gave the answer, if in other words, and not Headgate in its place.</summary>
    public bool IsOfService => !_detached.HasStandIn && (Failure is null || Failure.Kind.Name == ErrorCatalogue.UpstreamError.Name);

    /// <summary>Whether <see cref="Bytes"/> is all of the body.</summary>
    public bool IsWhole => !_body.Outgrown.IsCompleted;

    /// <summary>The body, as far as it is kept.</summary>
    public ReadOnlyMemory<byte> Bytes => _body.Bytes;

    /// <summary>Has the request handled.</summary>
    /// <param name="client">The request of a client, whose body is read.</param>
    /// <param name="body">That body.</param>
    /// <param name="mostBytes">The most bytes of the answer's body that are kept. A larger answer waits, and is streamed to the client by <see cref="GiveTo"/>.</param>
    /// <param name="stopped">Stops it, as a client that goes away would.</param>
    public static async Task<DetachedAnswer> OfAsync(GatewayContext client, ReadOnlyMemory<byte> body, int mostBytes, CancellationToken stopped)
    {
        ArgumentNullException.ThrowIfNull(client);
        GatewayContext detached = DetachedRequest.Of(client, client.Request.Method, HeadersOf(client.Request, body.Length), tellsInterim: false, stopped, body);
        var answer = new DetachedAnswer(detached, mostBytes);
        try
        {
            await answer.RunAsync();
        }
        catch
        {
            await answer.EndAsync();
            throw;
        }

        client.TellOf(detached);
        return answer;
    }

    /// <summary>Makes it the answer to the client.</summary>
    public void GiveTo(GatewayContext client)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach ((string name, StringValues values) in Headers)
            client.Response.Headers[name] = values;
        client.Response.Headers.Remove("Transfer-Encoding");
        if (Failure is { } failure)
        {
            client.Fail(failure);
            return;
        }

        client.Response.StatusCode = Status;
        if (IsWhole)
            client.Response.Headers.ContentLength = HasContent ? Bytes.Length : null;
        client.Response.Body = IsWhole ? new BytesBody(Bytes) : new Rest(this);
    }

    // RFC 9110 §8.6: no Content-Length in a 204.
    private bool HasContent => Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);

    private async Task RunAsync()
    {
        await _detached.Operation!.Handler.HandleAsync(_detached);
        if (Failure is null && _detached.Response.Body is not null)
        {
            _detached.Response.Captured = _body;
            _filling = FillAsync();
            await Task.WhenAny(_filling, _body.Outgrown);
        }

        if (!IsWhole)
            return;
        await _filling;
        await EndAsync();
    }

    private async Task FillAsync()
    {
        await _detached.Response.Body!.WriteAsync(_detached);
        await _body.FlushAsync();
    }

    private async ValueTask EndAsync()
    {
        if (_detached.Response.Body is { } body)
        {
            _detached.Response.Body = null;
            await body.DisposeAsync(_detached);
        }

        _detached.LetGo();
    }

    private static HeaderDictionary HeadersOf(ClientRequest request, int length)
    {
        var headers = new HeaderDictionary(request.Headers.Count);
        foreach ((string name, StringValues values) in request.Headers)
        {
            if (!Array.Exists(s_framing, other => other.Equals(name, StringComparison.OrdinalIgnoreCase)))
                headers[name] = values;
        }

        headers.ContentLength = request.HasBody ? length : null;
        return headers;
    }

    // A body that is larger than what is kept: it has stopped there until the client takes it.
    private sealed class Rest(DetachedAnswer answer) : ResponseBody
    {
        public override async ValueTask WriteAsync(GatewayContext context)
        {
            answer._body.GoOnTo(context);
            await answer._filling;
            if (context.ClientGone)
                context.Fail(new GatewayFailure(ErrorCatalogue.ClientClosedRequest, "The client went away while the response was sent."));
            else if (answer.Failure is { } failure)
                context.Fail(failure);
            if (context.Failure is not null)
                context.AbortClient();
        }

        public override async ValueTask DisposeAsync(GatewayContext context)
        {
            answer._body.GoOnTo(null);
            try
            {
                await answer._filling;
            }
            finally
            {
                await answer.EndAsync();
            }
        }
    }
}
