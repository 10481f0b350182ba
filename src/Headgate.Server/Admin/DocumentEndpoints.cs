namespace Headgate.Server.Admin;

/// <summary><c>/openapi.json</c>: the admin API's own document.</summary>
internal static class DocumentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi.json", context => AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, AdminDocument.Current.Json));
}
