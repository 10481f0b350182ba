using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// Sends a request body on while the response may already come. Made for bodies that are large, slow or chunked only. One per exchange.
/// </summary>
internal sealed class RequestUpload
{
    private readonly UpstreamConnection _connection;
    private readonly GatewayContext _context;
    private readonly UpstreamCall _call;
    private readonly RequestMessage _message;
    private readonly TaskCompletionSource _permission = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private volatile bool _isComplete;
    private volatile bool _isStopped;
    private volatile bool _waitsForClient;
    private volatile bool _responseBegun;

    public RequestUpload(UpstreamConnection connection, GatewayContext context, in UpstreamCall call, in RequestMessage message)
    {
        _connection = connection;
        _context = context;
        _call = call;
        _message = message;
    }

    /// <summary>Whether the whole body is sent, or all but the last chunk, which is on its way.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>Whether a deadline that passes now is the client's fault.</summary>
    public bool WaitsForClient => _waitsForClient;

    /// <summary>What was wrong with the client's body; null when nothing was.</summary>
    public GatewayErrorKind? ClientError { get; private set; }

    /// <summary>What Kestrel's refusal of a client's body means.</summary>
    public static GatewayErrorKind KindOf(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => ErrorCatalogue.RequestBodyTimeout,
        StatusCodes.Status413PayloadTooLarge => ErrorCatalogue.RequestBodyTooLarge,
        _ => ErrorCatalogue.RequestBodyInvalid,
    };

    public void Start(TimeSpan continueTimeout, TimeProvider time) => _running = RunAsync(continueTimeout, time);

    /// <summary>The upstream said 100, or began to answer: the body may go.</summary>
    public void Permit(bool responseBegun)
    {
        _responseBegun |= responseBegun;
        _permission.TrySetResult();
    }

    /// <summary>Ends the upload, complete or not; the connection must be closed or the upload complete.</summary>
    public async ValueTask StopAsync()
    {
        // Each side writes its flag and then looks at the other's: without the fence both could miss (the loads may pass the stores).
        _isStopped = true;
        Interlocked.MemoryBarrier();
        _permission.TrySetResult();
        if (_waitsForClient)
            _context.Request.Body.CancelPendingRead();
        await _running;
    }

    private async Task RunAsync(TimeSpan continueTimeout, TimeProvider time)
    {
        try
        {
            if (_message.ExpectsContinue)
                await Task.WhenAny(_permission.Task, Task.Delay(continueTimeout, time));

            // RFC 9110 §10.1.1: a final answer instead of 100 means that the body is not wanted.
            if (_isStopped || (_message.ExpectsContinue && _responseBegun))
                return;
            _isComplete = _message.Mode == RequestBodyMode.Chunked ? await SendChunkedAsync() : await SendLengthAsync();
            if (_isComplete && !_responseBegun)
                _connection.Deadline = Math.Min(_call.Deadline, StageDeadline.After(_call.Timeouts.Headers));
        }
        catch (BadHttpRequestException error)
        {
            Fail(KindOf(error));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            Fail(ErrorCatalogue.ClientClosedRequest);
        }
    }

    // The upstream must not take what it got for the whole: its connection is closed.
    private void Fail(GatewayErrorKind error)
    {
        ClientError = error;
        _connection.Close(CloseReason.RequestBodyFailed);
    }

    private async Task<bool> SendLengthAsync()
    {
        while (true)
        {
            ReadResult result = await ReadAsync();
            foreach (ReadOnlyMemory<byte> segment in result.Buffer)
            {
                if (!await SendAsync(MemoryMarshal.AsMemory(segment)))
                    return GiveUp(result);
            }

            _context.Request.Body.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted || result.IsCanceled)
                return result.IsCompleted;
        }
    }

    private async Task<bool> SendChunkedAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkFrame.BufferBytes);
        try
        {
            while (true)
            {
                ReadResult result = await ReadAsync();
                ReadOnlySequence<byte> rest = result.Buffer;
                while (!rest.IsEmpty)
                {
                    ReadOnlySequence<byte> part = rest.Slice(0, Math.Min(rest.Length, ChunkFrame.MostDataBytes));
                    if (!await SendAsync(ChunkFrame.Write(part, buffer)))
                        return GiveUp(result);
                    rest = rest.Slice(part.End);
                }

                _context.Request.Body.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    // The upstream may have the last bytes, and answer them, before this thread knows that they are sent.
                    _isComplete = true;
                    return await SendAsync(ChunkFrame.WriteEnd(_context.Request.Trailers));
                }

                if (result.IsCanceled)
                    return false;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<ReadResult> ReadAsync()
    {
        _waitsForClient = true;
        Interlocked.MemoryBarrier();
        if (_isStopped)
            return new ReadResult(default, isCanceled: true, isCompleted: false);
        ReadResult result = await _context.Request.Body.ReadAsync();
        _waitsForClient = false;
        return result;
    }

    private async ValueTask<bool> SendAsync(Memory<byte> bytes)
    {
        if (!await _connection.SendAsync(bytes))
            return false;
        long deadline = StageDeadline.After(_call.Timeouts.Idle);
        _connection.Deadline = _responseBegun ? deadline : Math.Min(_call.Deadline, deadline);
        return true;
    }

    // The upstream takes no more. It may have answered (413, say): the response decides, not the upload.
    private bool GiveUp(ReadResult result)
    {
        _context.Request.Body.AdvanceTo(result.Buffer.Start);
        return false;
    }
}
