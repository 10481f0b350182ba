using System.Text.Json;
using Headgate.OpenApi.Schemas;
using Headgate.Server.Reporting;
using Microsoft.AspNetCore.WebUtilities;

namespace Headgate.Server.Admin;

/// <summary>Writes the errors of the admin API as problem details (RFC 9457).</summary>
internal static class AdminProblem
{
    /// <summary>404: there is no such path, or not with that method.</summary>
    public static Task NoResource(HttpContext context) => NotFound(context, $"The admin listener has no resource {context.Request.Method} {context.Request.Path}.");

    /// <summary>404: what the path names does not exist.</summary>
    public static Task NotFound(HttpContext context, string detail) => WriteAsync(context, StatusCodes.Status404NotFound, "NOT_FOUND", detail);

    /// <summary>409: what is there already stands against it.</summary>
    public static Task Conflict(HttpContext context, string detail) => WriteAsync(context, StatusCodes.Status409Conflict, "CONFLICT", detail);

    /// <summary>422: the body has the form that the document says, and asks for what cannot be.</summary>
    public static Task Unprocessable(HttpContext context, string detail) => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "UNPROCESSABLE_CONTENT", detail);

    /// <summary>400: a part of the request other than its body is wrong, or the body as a whole.</summary>
    public static Task Invalid(HttpContext context, string detail) => WriteAsync(context, StatusCodes.Status400BadRequest, "VALIDATION_ERROR", detail);

    /// <summary>400: the body breaks the document.</summary>
    public static Task InvalidBody(HttpContext context, IReadOnlyList<Violation> violations) => WriteAsync(
        context,
        StatusCodes.Status400BadRequest,
        "VALIDATION_ERROR",
        "The body is not what the operation takes (GET /admin/v1/openapi.json).",
        [.. violations.Select(violation => new ProblemError(violation.Pointer, violation.Detail))]);

    public static Task WriteAsync(HttpContext context, int status, string code, string detail, IReadOnlyList<ProblemError>? errors = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        string type = $"urn:headgate:error:{code.ToLowerInvariant().Replace('_', '-')}";
        var problem = new ProblemReport(type, ReasonPhrases.GetReasonPhrase(status), status, detail, code) { Errors = errors };
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ReportJson.Readable.ProblemReport), context.RequestAborted).AsTask();
    }
}
