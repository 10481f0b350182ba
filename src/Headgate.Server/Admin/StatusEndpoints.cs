using Headgate.Server.Documents;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/status</c>: how the instance stands.</summary>
internal static class StatusEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services) =>
        routes.MapGet("/status", context => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, Status(services), ReportJson.Readable.StatusReport));

    private static StatusReport Status(AdminServices services)
    {
        Configuration configuration = services.Reloader.Current;
        ReloadReport? last = services.Reloader.Last;
        return new StatusReport
        {
            Version = VersionReport.Current.Version,
            ProcessId = Environment.ProcessId,
            State = services.Readiness.State.ToString().ToLowerInvariant(),
            StartedAt = services.StartedAt,
            Listen = [.. services.Addresses().Select(address => address.ToString())],
            Generation = configuration.Plan.Generation,
            ReloadsSucceeded = services.Reloader.Succeeded,
            ReloadsFailed = services.Reloader.Failed,
            LastReload = last is null ? null : new LastReload(last.At, last.Trigger, Math.Round(last.Duration.TotalMilliseconds, 1), last.Succeeded),
            Store = StoreReport.Of(services.Store),
            Documents = [.. configuration.Documents.Select(DocumentReport.Of)],
        };
    }
}
