using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Server.Hosting;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary>What orchestrators and Prometheus ask, without a key: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>.</summary>
internal static class ProbeEndpoints
{
    private const string Health = "/healthz";
    private const string Ready = "/readyz";
    private const string Metrics = "/metrics";

    // Load balancers like to ask with HEAD.
    private static readonly string[] s_methods = ["GET", "HEAD"];

    public static bool IsProbe(PathString path) => path == Health || path == Ready || path == Metrics;

    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapMethods(Health, s_methods, context => AdminAnswer.WriteAsync(context, 200, new ProbeReport("ok"), ReportJson.Readable.ProbeReport));
        routes.MapMethods(Ready, s_methods, context => WriteReadiness(context, services));
        routes.MapMethods(Metrics, s_methods, context => WriteMetrics(context, services));
    }

    private static Task WriteReadiness(HttpContext context, AdminServices services)
    {
        ReadinessState state = services.Readiness.State;
        int status = state == ReadinessState.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return AdminAnswer.WriteAsync(context, status, new ProbeReport(state.ToString().ToLowerInvariant()), ReportJson.Readable.ProbeReport);
    }

    private static async Task WriteMetrics(HttpContext context, AdminServices services)
    {
        context.Response.ContentType = MetricsWriter.ContentType;
        services.Metrics.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
