using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// The bytes of a request: the head, and the body too when it is small and has arrived. A value; <see cref="Release"/> gives its buffer back.
/// </summary>
internal readonly struct RequestMessage
{
    // What a single send may carry beside the head; larger bodies stream.
    private const int MostInlineBodyBytes = 16 * 1024;

    private readonly RequestHeadWriter _writer;

    private RequestMessage(RequestHeadWriter writer, RequestBodyMode mode, bool expectsContinue, bool wantsUpgrade, bool holdsBody = false)
    {
        HoldsBody = holdsBody;
        _writer = writer;
        Mode = mode;
        ExpectsContinue = expectsContinue;
        WantsUpgrade = wantsUpgrade;
    }

    public Memory<byte> Bytes => _writer.Buffer.AsMemory(0, _writer.Length);

    public RequestBodyMode Mode { get; }

    public bool Streams => Mode != RequestBodyMode.Complete;

    /// <summary>Whether the client waits for <c>100 Continue</c> before it sends its body.</summary>
    public bool ExpectsContinue { get; }

    /// <summary>Whether the request holds what must not be forwarded.</summary>
    public bool IsRefused => _writer.IsRefused;

    /// <summary>Whether the client's whole body is part of the bytes.</summary>
    public bool HoldsBody { get; }

    /// <summary>Whether a 101 is an answer that was asked for.</summary>
    public bool WantsUpgrade { get; }

    /// <summary>Writes the request of a context. Reading the body may throw what Kestrel throws for a bad one.</summary>
    public static RequestMessage Create(GatewayContext context, in UpstreamCall call, ConnectionPool pool)
    {
        var writer = new RequestHeadWriter();
        try
        {
            bool upgrades = UpgradeRequest.IsWanted(context.Request);
            writer.WriteAscii(UpgradeRequest.MethodOf(context.Request, call.Method));
            writer.Write(" "u8);
            writer.WriteAscii(call.Target);
            writer.Write(pool.HeadEnd);
            UpstreamRequestHeaders.Write(context, ref writer);
            if (upgrades)
                UpgradeRequest.WriteFields(context.Request, ref writer);
            if (writer.IsRefused)
                return new RequestMessage(writer, RequestBodyMode.Complete, expectsContinue: false, wantsUpgrade: false);
            return WriteBody(context.Request, call.Method, writer, upgrades);
        }
        catch
        {
            writer.Release();
            throw;
        }
    }

    /// <summary>
    /// Takes the body that the message holds off the client's connection. Not before a byte of it is sent: until then another instance may need it.
    /// </summary>
    public void ConsumeBody(ClientRequest request)
    {
        if (HoldsBody && request.Body.TryRead(out ReadResult result))
            request.Body.AdvanceTo(result.Buffer.End);
    }

    public void Release() => _writer.Release();

    private static RequestMessage WriteBody(ClientRequest request, string method, RequestHeadWriter writer, bool upgrades)
    {
        if (!request.HasBody || upgrades)
        {
            // RFC 9110 §8.6: a method that usually has content says so when there is none.
            if (request.ContentLength is not null || (method is "POST" or "PUT" or "PATCH" && !upgrades))
                writer.Write("Content-Length: 0\r\n"u8);
            writer.Write("\r\n"u8);
            return new RequestMessage(writer, RequestBodyMode.Complete, expectsContinue: false, upgrades);
        }

        // RFC 9110 §10.1.1: the expectation is for the server that answers, so it goes on, and the body waits for the upstream's word.
        bool expects = request.Headers.Expect is [{ } expectation] && expectation.Equals("100-continue", StringComparison.OrdinalIgnoreCase);
        if (expects)
            writer.Write("Expect: 100-continue\r\n"u8);
        if (request.ContentLength is not { } length)
        {
            writer.Write("Transfer-Encoding: chunked\r\n\r\n"u8);
            return new RequestMessage(writer, RequestBodyMode.Chunked, expects, wantsUpgrade: false);
        }

        writer.WriteContentLength(length);
        writer.Write("\r\n"u8);
        bool complete = !expects && length <= MostInlineBodyBytes && TryWriteArrivedBody(request.Body, length, ref writer);
        return new RequestMessage(writer, complete ? RequestBodyMode.Complete : RequestBodyMode.Length, expects, wantsUpgrade: false, holdsBody: complete);
    }

    private static bool TryWriteArrivedBody(PipeReader body, long length, ref RequestHeadWriter writer)
    {
        if (!body.TryRead(out ReadResult result))
            return false;
        ReadOnlySequence<byte> bytes = result.Buffer;
        bool complete = bytes.Length >= length;
        if (complete)
            writer.Write(bytes);

        // Copied and not consumed: see ConsumeBody.
        body.AdvanceTo(bytes.Start);
        return complete;
    }
}
