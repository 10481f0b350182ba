using Headgate.Gateway.Policies.Sunset;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/deprecated</c>: the deprecated operations in force and who still calls them.</summary>
internal static class DeprecatedEndpoints
{
    private const int DefaultCallers = 10;

    public static void Map(IEndpointRouteBuilder routes, AdminServices services) => routes.MapGet("/deprecated", context => ListAsync(context, services));

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        string? api = AdminQuery.Text(context, "api");
        DeprecatedOperation[] found =
        [
            .. services.DeprecatedUse.Read(AdminQuery.Count(context, "callers", DefaultCallers))
                .Where(operation => (api is null || operation.Api == api) && string.CompareOrdinal(KeyOf(operation), page.After) > 0)
                .OrderBy(KeyOf, StringComparer.Ordinal)
                .Take(page.Wanted),
        ];
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, page.Of(found, KeyOf), ReportJson.Readable.PageReportDeprecatedOperation);
    }

    private static string KeyOf(DeprecatedOperation operation) => $"{operation.Api}\n{operation.Operation}";
}
