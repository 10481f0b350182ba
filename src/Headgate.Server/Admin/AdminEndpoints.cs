using System.Text.Json;
using Headgate.Server.Documents;
using Headgate.Server.Explaining;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary>The admin API: <c>/admin/v1</c>.</summary>
internal static class AdminEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        DateTimeOffset startedAt = services.Time.GetUtcNow();
        var explainer = new Explainer(services.Plans, services.Time);
        routes.MapGet("/admin/v1/status", context => AdminAnswer.WriteAsync(context, 200, Status(services, startedAt), ReportJson.Readable.StatusReport));
        routes.MapGet("/admin/v1/routes", context => AdminAnswer.WriteAsync(context, 200, RouteListing.Of(services.Plans.Current), ReportJson.Readable.IReadOnlyListRouteReport));
        routes.MapPost("/admin/v1/reload", context => ReloadAsync(context, services));
        routes.MapPost("/admin/v1/explain", context => ExplainAsync(context, explainer));
    }

    private static StatusReport Status(AdminServices services, DateTimeOffset startedAt)
    {
        Configuration configuration = services.Reloader.Current;
        ReloadReport? last = services.Reloader.Last;
        return new StatusReport
        {
            Version = VersionReport.Current.Version,
            ProcessId = Environment.ProcessId,
            State = services.Readiness.State.ToString().ToLowerInvariant(),
            StartedAt = startedAt,
            Listen = [.. services.Addresses().Select(address => address.ToString())],
            Generation = configuration.Plan.Generation,
            ReloadsSucceeded = services.Reloader.Succeeded,
            ReloadsFailed = services.Reloader.Failed,
            LastReload = last is null ? null : new LastReload(last.At, last.Trigger, Math.Round(last.Duration.TotalMilliseconds, 1), last.Succeeded),
            Store = StoreReport.Of(services.Store),
            Documents = [.. configuration.Documents.Select(DocumentReport.Of)],
        };
    }

    private static async Task ReloadAsync(HttpContext context, AdminServices services)
    {
        ReloadReport report = await services.Reloader.ReloadAsync("request", context.RequestAborted);
        int status = report.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        await AdminAnswer.WriteAsync(context, status, ReloadReply.Of(report, services.Reloader.Current), ReportJson.Readable.ReloadReply);
    }

    private static async Task ExplainAsync(HttpContext context, Explainer explainer)
    {
        if (await ReadAsync(context) is not { Method: { Length: > 0 }, Url: { Length: > 0 } } request)
        {
            await AdminProblem.WriteAsync(context, 400, "VALIDATION_ERROR", "The body is not {\"method\": …, \"url\": …, \"headers\": [\"Name: value\", …]}.");
            return;
        }

        (ExplainReport? report, string reason) = await explainer.ExplainAsync(request);
        await (report is null
            ? AdminProblem.WriteAsync(context, 400, "VALIDATION_ERROR", reason)
            : AdminAnswer.WriteAsync(context, 200, report, ReportJson.Readable.ExplainReport));
    }

    private static async Task<ExplainRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, ReportJson.Readable.ExplainRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            // The caller answers what the body should have been.
            return null;
        }
    }
}
