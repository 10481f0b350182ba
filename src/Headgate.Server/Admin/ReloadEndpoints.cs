using Headgate.Server.Documents;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/reload</c>: reads the documents anew; <c>/reloads</c>: what earlier reloads came to.</summary>
internal static class ReloadEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapPost("/reload", context => ReloadAsync(context, services));
        routes.MapGet("/reloads", context => AdminAnswer.WriteAsync(
            context, StatusCodes.Status200OK, [.. services.Reloader.History.Read().Select(PastReload.Of)], ReportJson.Readable.IReadOnlyListPastReload));
    }

    private static async Task ReloadAsync(HttpContext context, AdminServices services)
    {
        ReloadReport report = await services.Reloader.ReloadAsync($"request from {context.Connection.RemoteIpAddress}", context.RequestAborted);
        int status = report.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        await AdminAnswer.WriteAsync(context, status, ReloadReply.Of(report, services.Reloader.Current), ReportJson.Readable.ReloadReply);
    }
}
