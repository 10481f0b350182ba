using System.Diagnostics;
using System.Globalization;
using Commerce.Shared.Data;
using Commerce.Shared.Models;

namespace Commerce.Shared.Web;

/// <summary>Turns everything that goes wrong into an answer of the <c>service</c> dialect.</summary>
internal sealed class ErrorAnswers(string service, TimeProvider clock, ILogger<ErrorAnswers> logger)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>() is null)
                await WriteAsync(http, Unrouted(http));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (ApiException error) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, error);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, Malformed(error));
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            ErrorLog.Unhandled(logger, error, http.Request.Method, http.Request.Path);
            await WriteAsync(http, new ApiException(StatusCodes.Status500InternalServerError, "INTERNAL_ERROR",
                "Something went wrong in the service."));
        }
    }

    /// <summary>The answer that <paramref name="error"/> stands for.</summary>
    public Answer Answer(ApiException error)
    {
        var body = new ErrorResponse(
            new ErrorDetails(error.Code, error.Message, error.Details),
            Activity.Current?.TraceId.ToHexString() ?? ActivityTraceId.CreateRandom().ToHexString(),
            Timestamps.Now(clock),
            service);
        var answer = new Answer(error.Status, Json.Bytes(body));
        // RFC 9110 §15.5.2: a 401 says how to authenticate.
        if (error.Challenge is { } challenge)
            answer = answer.With("WWW-Authenticate", challenge);
        return error.RetryAfterSeconds is { } seconds
            ? answer.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            : answer;
    }

    private Task WriteAsync(HttpContext http, ApiException error) =>
        Answer(error).WriteAsync(http.Response, http.RequestAborted);

    private static ApiException Unrouted(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? new ApiException(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED",
                $"{http.Request.Method} is not allowed here.")
            : new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", $"There is nothing at {http.Request.Path}.");

    private static ApiException Malformed(BadHttpRequestException error) =>
        error.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? new ApiException(error.StatusCode, "PAYLOAD_TOO_LARGE", "The body is too large.", cause: error)
            : new ApiException(error.StatusCode, "VALIDATION_ERROR", "The request is malformed.", cause: error);
}
