using System.Buffers;
using System.Globalization;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Errors;

/// <summary>Turns the failure of a request into its response: status, headers and the body in the API's dialect. Thread-safe.</summary>
public sealed class ErrorWriter(TimeProvider time)
{
    internal const string ProxyName = "headgate";

    /// <summary>Replaces whatever response the context holds so far by that of its failure. Fields that policies set for every answer stay.</summary>
    public void Apply(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        GatewayFailure failure = context.Failure ?? throw new InvalidOperationException("The request has not failed.");
        ErrorDialect dialect = context.Operation?.Api.Dialect ?? context.Dialect ?? context.Plan.DialectFor(context.Request.Path);

        var buffer = new ArrayBufferWriter<byte>(512);
        dialect.Write(failure, context, time.GetUtcNow(), buffer);
        ClientResponse response = context.Response;
        response.StatusCode = failure.Kind.Status;
        SetHeaders(response, failure);
        response.Headers.ContentType = dialect.ContentType;
        response.Headers.ContentLength = buffer.WrittenCount;
        response.Body = new BytesBody(context.Request.Method == "HEAD" ? default : buffer.WrittenMemory);
    }

    private static void SetHeaders(ClientResponse response, GatewayFailure failure)
    {
        response.Headers.Remove("Transfer-Encoding");
        response.Headers.CacheControl = "no-store";
        if (failure.Allow is not null)
            response.Headers.Allow = failure.Allow;
        if (failure.Accept is not null)
            response.Headers.Accept = failure.Accept;
        if (failure.Challenge is not null)
            response.Headers.WWWAuthenticate = failure.Challenge;
        if (failure.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        // RFC 9209 §2.1: who made the error, and what kind it is.
        if (failure.Kind.ProxyStatus is { } error)
            response.Headers["Proxy-Status"] = $"{ProxyName}; error={error}";
    }
}
