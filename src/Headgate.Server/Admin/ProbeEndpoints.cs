using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Server.Hosting;
using Headgate.Server.Reporting;
using Headgate.Storage;

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
        routes.MapMethods(Health, s_methods, context => WriteHealth(context, services));
        routes.MapMethods(Ready, s_methods, context => WriteReadiness(context, services));
        routes.MapMethods(Metrics, s_methods, context => WriteMetrics(context, services));
    }

    // What is stuck is no reason to start the process anew: it is told, and the process is well.
    private static Task WriteHealth(HttpContext context, AdminServices services)
    {
        LongWorkReport? work = LongWorkReport.Of(services.Operations.Watch.Last, services.Events.Watch.Last);
        string? faults = services.Background.Failing is [_, ..] failing ? $"faults of Headgate itself: {string.Join(", ", failing)}" : null;
        string reason = string.Join("; ", new[] { work?.Trouble, faults }.OfType<string>());
        return AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, new ProbeReport("ok") { Reason = reason.Length > 0 ? reason : null }, ReportJson.Readable.ProbeReport);
    }

    private static Task WriteReadiness(HttpContext context, AdminServices services)
    {
        ReadinessState state = services.Readiness.State;
        if (state == ReadinessState.Ready && services.Store.Health.Problem is { } problem)
            return AdminAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, new ProbeReport("unavailable") { Reason = ReasonOf(problem) }, ReportJson.Readable.ProbeReport);
        int status = state == ReadinessState.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return AdminAnswer.WriteAsync(context, status, new ProbeReport(state.ToString().ToLowerInvariant()), ReportJson.Readable.ProbeReport);
    }

    // Whoever asks has no key: which file or server it is, and what the system said of it, is for the log and for `headgate status`.
    private static string ReasonOf(StoreProblem problem) => problem.Kind switch
    {
        StoreErrorKind.Full => "The store's disk is full.",
        StoreErrorKind.Gone => "The store is not there.",
        StoreErrorKind.Locked => "The store is locked by another process.",
        StoreErrorKind.Corrupt => "The store is damaged.",
        StoreErrorKind.ReadOnly or StoreErrorKind.Denied => "The store cannot be written.",
        StoreErrorKind.Unreachable or StoreErrorKind.TimedOut => "The store does not answer.",
        _ => "The store cannot be used.",
    };

    private static async Task WriteMetrics(HttpContext context, AdminServices services)
    {
        context.Response.ContentType = MetricsWriter.ContentType;
        services.Telemetry.Metrics.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
