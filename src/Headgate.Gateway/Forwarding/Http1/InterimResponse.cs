using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.WebUtilities;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// Passes interim responses (<c>103 Early Hints</c>) on to the client, which RFC 9110 §15.2 asks of a proxy. They are left out where they cannot
/// be sent: to clients of HTTP/1.0, HTTP/2 and TLS, and beside a body that waits for <c>100 Continue</c>.
/// </summary>
internal static class InterimResponse
{
    /// <summary>Passes on the head that the connection holds, and lets go of it.</summary>
    public static async ValueTask PassOnAsync(UpstreamConnection connection, GatewayContext context, RequestMessage message)
    {
        if (context.Request.InterimWriter is { } writer && context.Response.Captured is null && !message.ExpectsContinue)
        {
            Write(connection.Head, writer);
            await writer.FlushAsync();
        }

        connection.Consume(connection.Head.Length);
    }

    private static void Write(ResponseHead head, PipeWriter writer)
    {
        // RFC 8297 §2; the framework's table ends at 102.
        string phrase = head.Status == 103 ? "Early Hints" : ReasonPhrases.GetReasonPhrase(head.Status);
        WriteText(writer, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {head.Status} {phrase}\r\n"));
        for (int i = 0; i < head.FieldCount; i++)
        {
            FieldLine line = head[i];
            if (line.Kind == FieldKind.PassedOn && !head.IsNominated(line.Name))
                WriteText(writer, $"{line.Name}: {line.Value}\r\n");
        }

        WriteText(writer, "\r\n");
    }

    private static void WriteText(PipeWriter writer, string text) => writer.Advance(Encoding.Latin1.GetBytes(text, writer.GetSpan(text.Length)));
}
