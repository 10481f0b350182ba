using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Integration.Idempotency;

/// <summary>Takes a whole request body into memory. Stateless.</summary>
internal static class RequestBodyReader
{
    private const int UsualBytes = 1024;

    // Room for what is only declared is made as it comes.
    private const int MostTrustedBytes = 16 * 1024;

    /// <summary>The body, or null when it is larger than the bound; what was read is gone then.</summary>
    /// <param name="reader">The body.</param>
    /// <param name="length">The length that it declares; null for none.</param>
    /// <param name="mostBytes">The bound.</param>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(PipeReader reader, long? length, long mostBytes)
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(length ?? UsualBytes, 1, Math.Min(mostBytes, MostTrustedBytes)));
        while (true)
        {
            ReadResult result = await reader.ReadAsync();
            bool isTooLarge = body.WrittenCount + result.Buffer.Length > mostBytes;
            if (!isTooLarge)
            {
                foreach (ReadOnlyMemory<byte> part in result.Buffer)
                    body.Write(part.Span);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (isTooLarge)
                return null;
            if (result.IsCompleted)
                return body.WrittenMemory;
        }
    }
}
