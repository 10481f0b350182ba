using System.Text.Json;
using Headgate.Server.Reporting;
using Microsoft.AspNetCore.WebUtilities;

namespace Headgate.Server.Admin;

/// <summary>Writes the errors of the admin API as problem details (RFC 9457).</summary>
internal static class AdminProblem
{
    public static Task NotFound(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, "NOT_FOUND", $"The admin listener has no resource {context.Request.Method} {context.Request.Path}.");

    public static Task WriteAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        string type = $"urn:headgate:error:{code.ToLowerInvariant().Replace('_', '-')}";
        var problem = new ProblemReport(type, ReasonPhrases.GetReasonPhrase(status), status, detail, code);
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ReportJson.Readable.ProblemReport), context.RequestAborted).AsTask();
    }
}
