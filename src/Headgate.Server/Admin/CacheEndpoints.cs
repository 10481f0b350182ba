using Headgate.Gateway.Policies.Cache;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/cache</c>: what is stored in this process, and taking it out.</summary>
internal static class CacheEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/cache", context => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, CacheReport.Of(services.Cache.Usage), ReportJson.Readable.CacheReport));
        routes.MapGet("/cache/answers", context => ListAsync(context, services));
        routes.MapPost("/cache/purge", context => PurgeAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        IReadOnlyList<CachedAnswer> answers = services.Cache.Read(page.Wanted, AdminQuery.Text(context, "prefix") ?? "", page.After);
        PageReport<CachedAnswer> found = page.Of(answers, answer => answer.Key);
        var report = new PageReport<CachedAnswerReport>([.. found.Items.Select(CachedAnswerReport.Of)], found.Next);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, report, ReportJson.Readable.PageReportCachedAnswerReport);
    }

    private static async Task PurgeAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.PurgeRequest) is not { } request)
            return;
        int purged = request switch
        {
            { Path: { } path } => services.Cache.PurgePath(path),
            { Prefix: { } prefix } => services.Cache.PurgePrefix(prefix),
            { Tag: { } tag } => services.Cache.PurgeTag(tag),
            _ => services.Cache.PurgeAll(),
        };
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, new PurgeReport(purged), ReportJson.Readable.PurgeReport);
    }
}
