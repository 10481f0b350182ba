using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>The steps that every exchange takes, whichever course it runs. Stateless.</summary>
internal static class ExchangeSteps
{
    // RFC 9110 §15.2: interim responses precede the final one; 101 is final for HTTP and comes only where it was asked for. 100 is for the upload alone.
    public static HeadParseStatus ParseHead(UpstreamConnection connection, in RequestMessage message, RequestUpload? upload)
    {
        while (true)
        {
            ResponseHead head = connection.Head;
            HeadParseStatus status = head.Parse(connection.Received);
            if (status != HeadParseStatus.Complete || head.Status >= StatusCodes.Status200OK)
                return status;
            if (head.Status == StatusCodes.Status101SwitchingProtocols)
                return message.WantsUpgrade ? status : HeadParseStatus.Invalid;
            if (head.Status != StatusCodes.Status100Continue)
                return HeadParseStatus.Interim;
            connection.Consume(head.Length);
            upload?.Permit(responseBegun: false);
        }
    }

    public static void Accept(UpstreamConnection connection, GatewayContext context, in UpstreamCall call, in RequestMessage message, RequestUpload? upload)
    {
        ResponseHead head = connection.Head;
        BodyFraming framing = head.FramingFor(call.Method == HttpMethods.Head);
        connection.Consume(head.Length);
        ResponseHeadWriter.Apply(head, context, framing);
        if (head.Status == StatusCodes.Status101SwitchingProtocols)
        {
            UpgradeRequest.Accept(context);
            context.Response.Body = new UpgradedBody(connection, call.Timeouts.Idle);
            return;
        }

        upload?.Permit(responseBegun: true);
        connection.Body.Begin(framing, call.Timeouts.Idle, upload);
        context.Response.Body = connection.Body;
    }

    public static async ValueTask DropAsync(UpstreamConnection connection, RequestUpload? upload)
    {
        connection.Close(CloseReason.NotReusable);
        if (upload is not null)
            await upload.StopAsync();
        connection.End();
        connection.Release();
    }

    // RFC 9110 §9.2.2.
    public static bool IsIdempotent(string method) => method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";
}
