using Headgate.Storage;

namespace Headgate.Server.Admin;

/// <summary>Answers what endpoints throw, so that each says only what is its own: a store that cannot be used, a body that is too large, a bug. Thread-safe.</summary>
internal sealed class AdminErrors(ILogger<AdminErrors> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (StoreException exception) when (!context.Response.HasStarted)
        {
            string more = exception.OutcomeUnknown ? " What was asked may have been done nonetheless: look before you repeat it." : "";
            await AdminProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "SERVICE_UNAVAILABLE", exception.Message + more);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            bool isTooLarge = exception.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await AdminProblem.WriteAsync(context, exception.StatusCode, isTooLarge ? "PAYLOAD_TOO_LARGE" : "VALIDATION_ERROR", exception.Message);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            AdminLog.Failed(logger, context.Request.Method, context.Request.Path, exception);
            await AdminProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", "The instance failed at this; its log says how.");
        }
    }
}
