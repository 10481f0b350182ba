using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Integration.Idempotency;

/// <summary>Takes a whole request body into memory. Stateless.</summary>
internal static class RequestBodyReader
{
    /// <summary>The body, or null when it is larger than the bound; what was read is gone then.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(PipeReader reader, long mostBytes)
    {
        var body = new ArrayBufferWriter<byte>();
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
