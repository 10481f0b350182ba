using System.Net;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>A body of unknown length that is sent piece by piece.</summary>
internal sealed class PiecewiseContent(byte[] body, int pieceBytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (int at = 0; at < body.Length; at += pieceBytes)
        {
            await stream.WriteAsync(body.AsMemory(at, Math.Min(pieceBytes, body.Length - at)));
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
