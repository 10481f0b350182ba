using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/config</c>: the configuration in force.</summary>
internal static class ConfigEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services) => routes.MapGet(
        "/config",
        context => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, ConfigListing.Of(services.Options, services.Plans.Current), ReportJson.Readable.ConfigReport));
}
