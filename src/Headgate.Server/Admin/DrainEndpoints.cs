using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/drain</c> and <c>/undrain</c>: takes the instance out of its load balancer's hands and back. The process goes on; SIGTERM ends it.</summary>
internal static class DrainEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/drain", context => WriteAsync(context, services));
        routes.MapPost("/drain", context =>
        {
            if (services.Readiness.Drain(services.Time.GetUtcNow()))
                OperatorLog.Drained(services.Log);
            return WriteAsync(context, services);
        });
        routes.MapPost("/undrain", context => UndrainAsync(context, services));
    }

    private static Task UndrainAsync(HttpContext context, AdminServices services)
    {
        if (services.Readiness.IsStopping)
            return AdminProblem.Conflict(context, "The process is about to end.");
        if (services.Readiness.Undrain())
            OperatorLog.Undrained(services.Log);
        return WriteAsync(context, services);
    }

    private static Task WriteAsync(HttpContext context, AdminServices services) =>
        AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, DrainReport.Of(services.Readiness, services.Telemetry), ReportJson.Readable.DrainReport);
}
