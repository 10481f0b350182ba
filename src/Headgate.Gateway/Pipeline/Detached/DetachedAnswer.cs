using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Pipeline.Detached;

/// <summary>
/// What the handler of an operation answers to a request that goes on when its client goes away, so that it is known how it ended: its head, and its body in memory up to a bound. It is the
/// answer to the client, too, if that is still there. Belongs to its <see cref="GatewayContext"/> and is reused with it; used by one thread at a time.
/// </summary>
public sealed class DetachedAnswer
{
    private readonly GatewayContext _context;
    private readonly OverflowBody _body = new();
    private Task _filling = Task.CompletedTask;

    internal DetachedAnswer(GatewayContext context) => _context = context;

    /// <summary>The status of the answer.</summary>
    public int Status => Failure?.Kind.Status ?? _context.Response.StatusCode;

    /// <summary>The header fields of the answer.</summary>
    public IHeaderDictionary Headers => _context.Response.Headers;

    /// <summary>The error that is the answer, or null.</summary>
    public GatewayFailure? Failure => _context.Failure;

    /// <summary>Whether a service gave the answer, if in other words, and not Headgate in its place.</summary>
    public bool IsOfService => !_context.HasStandIn && (Failure is null || Failure.Kind.Name == ErrorCatalogue.UpstreamError.Name);

    /// <summary>Whether <see cref="Bytes"/> is all of the body.</summary>
    public bool IsWhole => !_body.Outgrown.IsCompleted;

    /// <summary>The body, as far as it is kept.</summary>
    public ReadOnlyMemory<byte> Bytes => _body.Bytes;

    /// <summary>Has a request handled. Returns when the whole answer is there, or as much of it as is kept.</summary>
    /// <param name="context">The request of a client, whose body is read, and of whose answer nothing is written.</param>
    /// <param name="body">That body.</param>
    /// <param name="mostBytes">The most bytes of the answer's body that are kept. A larger answer waits, and goes on when the response is written.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<DetachedAnswer> OfAsync(GatewayContext context, ReadOnlyMemory<byte> body, int mostBytes)
    {
        ArgumentNullException.ThrowIfNull(context);
        DetachedAnswer answer = context.DetachedAnswer;
        answer._body.Begin(mostBytes);
        context.Detach(body);
        try
        {
            await context.Operation!.Handler.HandleAsync(context);
            if (context.Response.Body is { } source && answer.Failure is null)
                await answer.ReadAsync(source);
        }
        finally
        {
            if (answer.IsWhole)
                context.ReleaseCall();
            context.Attach();
        }

        return answer;
    }

    private async ValueTask ReadAsync(ResponseBody source)
    {
        ClientResponse response = _context.Response;
        response.Captured = _body;
        _filling = FillAsync(source);
        if (!_filling.IsCompleted)
            await Task.WhenAny(_filling, _body.Outgrown);
        if (IsWhole)
            await _filling;
        response.ForgetCaptured();

        // The framing is that of a message to the client, not of what was read here.
        Headers.TransferEncoding = default;
        if (!IsWhole)
        {
            response.Body = new Rest(this, source);
            return;
        }

        await source.DisposeAsync(_context);
        response.Body = null;
        if (Failure is null)
            GiveBytes(response);
        else
            Headers.Clear();
    }

    private async Task FillAsync(ResponseBody source)
    {
        await source.WriteAsync(_context);
        await _body.FlushAsync();
    }

    // RFC 9110 §8.6: no Content-Length in a 204.
    private void GiveBytes(ClientResponse response)
    {
        bool hasContent = Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
        Headers.ContentLength = hasContent ? Bytes.Length : null;
        response.Body = new BytesBody(Bytes);
    }

    // A body that is larger than what is kept: it has stopped there until the client takes it.
    private sealed class Rest(DetachedAnswer answer, ResponseBody source) : ResponseBody
    {
        public override async ValueTask WriteAsync(GatewayContext context)
        {
            answer._body.GoOnTo(context.Response);
            await answer._filling;
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
                await source.DisposeAsync(context);
            }
        }
    }
}
