using Headgate.Server.Explaining;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/explain</c>: what would happen to a request.</summary>
internal static class ExplainEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services) => routes.MapPost("/explain", context => ExplainAsync(context, services));

    private static async Task ExplainAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.ExplainRequest) is not { } request)
            return;
        (ExplainReport? report, string reason) = await services.Explainer.ExplainAsync(request);
        await (report is null
            ? AdminProblem.Invalid(context, reason)
            : AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, report, ReportJson.Readable.ExplainReport));
    }
}
