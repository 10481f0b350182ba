using System.Buffers;
using System.IO.Pipelines;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// Looks at a whole request body without taking it: it stays in the client's pipe, where the handler finds it as if nobody had looked. Nothing is copied.
/// </summary>
internal static class BodyPeek
{
    /// <summary>
    /// What has arrived, when that is the whole or more than is wanted; null when more must come. After a look <see cref="PutBack"/> is called; after null
    /// <paramref name="examinedBytes"/> is given to <see cref="WaitAsync"/>.
    /// </summary>
    public static ReadResult? TryLook(ClientRequest request, long mostBytes, out long examinedBytes)
    {
        examinedBytes = 0;
        if (!request.Body.TryRead(out ReadResult result))
            return null;
        if (IsEnough(result, mostBytes))
            return result;
        examinedBytes = result.Buffer.Length;
        request.Body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        return null;
    }

    /// <summary>
    /// Waits until the whole is there, or more than is wanted. Afterwards <see cref="PutBack"/> is called with the examined bytes that are returned; null, and nothing to put back, when there is no
    /// memory for what has come.
    /// </summary>
    public static async ValueTask<(ReadResult Result, long ExaminedBytes)?> WaitAsync(GatewayContext context, long mostBytes, long examinedBytes)
    {
        PipeReader body = context.Request.Body;
        long held = 0;
        while (true)
        {
            ReadResult result = await body.ReadAsync();
            if (IsEnough(result, mostBytes))
                return (result, examinedBytes);
            examinedBytes = result.Buffer.Length;
            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (!context.TryHold(examinedBytes - held))
                return null;
            held = examinedBytes;
        }
    }

    // What was examined before must stay so; the rest is left unexamined, so that the next reader has it at once.
    public static void PutBack(ClientRequest request, ReadResult result, long examinedBytes)
    {
        ReadOnlySequence<byte> bytes = result.Buffer;
        request.Body.AdvanceTo(bytes.Start, bytes.GetPosition(Math.Min(examinedBytes, bytes.Length)));
    }

    private static bool IsEnough(ReadResult result, long mostBytes) => result.IsCompleted || result.IsCanceled || result.Buffer.Length > mostBytes;
}
