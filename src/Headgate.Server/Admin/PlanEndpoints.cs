using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/plan</c>: what the plan in force was compiled to do, for comparison with another.</summary>
internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services) => routes.MapGet(
        "/plan",
        context => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, PlanReport.Of(services.Options, services.Plans.Current), ReportJson.Readable.PlanReport));
}
