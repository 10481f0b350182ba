using Headgate.Gateway.Policies.RateLimit;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/limits</c>: the limits in force and who uses them.</summary>
internal static class LimitEndpoints
{
    private const int MostConsumers = 100;
    private const int DefaultConsumers = 10;

    public static void Map(IEndpointRouteBuilder routes, AdminServices services) => routes.MapGet("/limits", context => ListAsync(context, services));

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await AdminQuery.ReadCountAsync(context, "consumers", 0, MostConsumers, DefaultConsumers) is not { } consumers || await PageRequest.ReadAsync(context) is not { } page)
            return;
        var query = new LimitQuery { Api = AdminQuery.Text(context, "api"), After = page.After, Most = page.Wanted, MostConsumers = consumers };
        PageReport<LimitUsage> found = page.Of(services.Limits.Read(query), usage => usage.Key);
        var report = new PageReport<LimitReport>([.. found.Items.Select(LimitReport.Of)], found.Next);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, report, ReportJson.Readable.PageReportLimitReport);
    }
}
