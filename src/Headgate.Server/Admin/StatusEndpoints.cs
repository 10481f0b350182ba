using Headgate.Server.Documents;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/status</c>: how the instance stands.</summary>
internal static class StatusEndpoints
{
    private const int MostReloads = 5;

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
            Drain = DrainReport.Of(services.Readiness, services.Telemetry),
            Reloads = [.. services.Reloader.History.Read().Take(MostReloads).Select(PastReload.Of)],
            Services = [.. services.Services.Read().Select(ServiceReport.Of)],
            Deprecated = DeprecatedReport.Of(services.DeprecatedUse),
            LogLevels = LogLevelsReport.Of(services.Options.LogLevel, services.LogLevels).Categories,
            Store = StoreReport.Of(services.Store),
            Work = LongWorkReport.Of(services.Operations.Watch.Last, services.Events.Watch.Last),
            Faults = services.Background.Failing,
            Roles = new KnownRolesReport(services.Roles.Known.Current.Version, services.Roles.Known.ReadAt),
            Documents = [.. configuration.Documents.Select(DocumentReport.Of)],
            BuiltIns = BuiltInReport.Of(configuration.Plan),
        };
    }
}
