using Headgate.Gateway.ServiceAccounts.SigningKeys;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/signing-keys</c>: the keys that sign tokens of service accounts.</summary>
internal static class SigningKeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/signing-keys", async context => await WriteAsync(context, await services.ServiceAccounts.ListKeysAsync(context.RequestAborted)));
        routes.MapPost("/signing-keys/rotate", async context => await WriteAsync(context, await services.ServiceAccounts.RotateKeysAsync(context.RequestAborted)));
        routes.MapDelete("/signing-keys/{keyId}", context => RemoveAsync(context, services));
    }

    private static async Task RemoveAsync(HttpContext context, AdminServices services)
    {
        string keyId = (string)context.Request.RouteValues["keyId"]!;
        IReadOnlyList<SigningKeyReport>? left = await services.ServiceAccounts.RemoveKeyAsync(keyId, context.RequestAborted);
        await (left is null ? AdminProblem.NotFound(context, $"There is no signing key {keyId}.") : WriteAsync(context, left));
    }

    private static Task WriteAsync(HttpContext context, IReadOnlyList<SigningKeyReport> keys) =>
        AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, SigningKeyListing.Of(keys), ReportJson.Readable.IReadOnlyListSigningKeyListing);
}
