using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Content whose bytes are written while the request runs.</summary>
internal sealed class MessageContent : HttpContent
{
    private readonly Pipe _pipe = new();

    public MessageContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

    public async Task WriteAsync(byte[] message) => await _pipe.Writer.WriteAsync(message);

    public void Complete() => _pipe.Writer.Complete();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        while (true)
        {
            ReadResult result = await _pipe.Reader.ReadAsync();
            foreach (ReadOnlyMemory<byte> part in result.Buffer)
                await stream.WriteAsync(part);
            await stream.FlushAsync();
            _pipe.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
