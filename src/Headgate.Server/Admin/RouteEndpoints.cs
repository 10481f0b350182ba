using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/routes</c>: what is served.</summary>
internal static class RouteEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services) =>
        routes.MapGet("/routes", context => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, RouteListing.Of(services.Plans.Current), ReportJson.Readable.IReadOnlyListRouteReport));
}
