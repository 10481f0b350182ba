using Headgate.Server.Documents;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/reload</c>: reads the documents anew.</summary>
internal static class ReloadEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services) => routes.MapPost("/reload", context => ReloadAsync(context, services));

    private static async Task ReloadAsync(HttpContext context, AdminServices services)
    {
        ReloadReport report = await services.Reloader.ReloadAsync("request", context.RequestAborted);
        int status = report.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        await AdminAnswer.WriteAsync(context, status, ReloadReply.Of(report, services.Reloader.Current), ReportJson.Readable.ReloadReply);
    }
}
