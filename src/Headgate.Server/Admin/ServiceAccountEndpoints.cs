using Headgate.Gateway.ServiceAccounts;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/service-accounts</c>: programs that may have tokens.</summary>
internal static class ServiceAccountEndpoints
{
    private const string One = "/service-accounts/{clientId}";

    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/service-accounts", context => ListAsync(context, services));
        routes.MapPost("/service-accounts", context => CreateAsync(context, services));
        routes.MapGet(One, context => FindAsync(context, services));
        routes.MapPost(One + "/rotate", context => RotateAsync(context, services));
        routes.MapPost(One + "/revoke", context => RevokeAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        PageReport<ServiceAccount> found = page.Of(await services.ServiceAccounts.ListAsync(page.After ?? "", page.Wanted, context.RequestAborted), account => account.ClientId);
        var report = new PageReport<ServiceAccountReport>([.. found.Items.Select(account => Report(account, services))], found.Next);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, report, ReportJson.Readable.PageReportServiceAccountReport);
    }

    private static async Task CreateAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.CreateServiceAccountRequest) is not { } request)
            return;
        var wanted = new NewServiceAccount(request.Name, request.Tenant, request.Scopes ?? [], request.Expires);
        if (wanted.ProblemAt(services.Time.GetUtcNow()) is { } problem)
            await AdminProblem.Unprocessable(context, problem);
        else
            await WriteAsync(context, StatusCodes.Status201Created, await services.ServiceAccounts.CreateAsync(wanted, context.RequestAborted), services);
    }

    private static async Task FindAsync(HttpContext context, AdminServices services)
    {
        ServiceAccount? account = await services.ServiceAccounts.FindAsync(ClientIdOf(context), context.RequestAborted);
        await (account is null ? NotFound(context) : WriteAsync(context, account, services));
    }

    private static async Task RotateAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.RotateServiceAccountRequest) is not { } request)
            return;
        string clientId = ClientIdOf(context);
        if (await services.ServiceAccounts.RotateAsync(clientId, TimeSpan.FromSeconds(request.OverlapSeconds), context.RequestAborted) is { } issued)
            await WriteAsync(context, StatusCodes.Status200OK, issued, services);
        else if (await services.ServiceAccounts.FindAsync(clientId, context.RequestAborted) is null)
            await NotFound(context);
        else
            await AdminProblem.Conflict(context, $"The service account {clientId} is revoked.");
    }

    private static async Task RevokeAsync(HttpContext context, AdminServices services)
    {
        ServiceAccount? account = await services.ServiceAccounts.RevokeAsync(ClientIdOf(context), context.RequestAborted);
        await (account is null ? NotFound(context) : WriteAsync(context, account, services));
    }

    private static Task WriteAsync(HttpContext context, ServiceAccount account, AdminServices services) =>
        AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, Report(account, services), ReportJson.Readable.ServiceAccountReport);

    private static Task WriteAsync(HttpContext context, int status, IssuedSecret issued, AdminServices services)
    {
        ServiceAccountUse use = ServiceAccountUse.Of(services.Plans.Current);
        string? endpoint = services.ServiceAccounts.Issuer.Name is { } issuer ? issuer + ServiceAccountUse.TokenPath : null;
        var report = new IssuedSecretReport(issued.Account.ClientId, issued.Secret, endpoint, Report(issued.Account, services), [.. NotesOn(issued.Account, use)]);
        return AdminAnswer.WriteAsync(context, status, report, ReportJson.Readable.IssuedSecretReport);
    }

    private static IEnumerable<string> NotesOn(ServiceAccount account, ServiceAccountUse use)
    {
        if (!use.IsOffered)
            yield return "No document asks for tokens of service accounts, and the setting 'issuer' is not given: there is no token endpoint.";
        string[] unknown = [.. account.Scopes.Except(use.Scopes)];
        if (use.Scopes.Count > 0 && unknown.Length > 0)
            yield return $"No document declares {string.Join(", ", unknown)}.";
    }

    private static ServiceAccountReport Report(ServiceAccount account, AdminServices services) => ServiceAccountReport.Of(account, services.Time.GetUtcNow());

    private static string ClientIdOf(HttpContext context) => (string)context.Request.RouteValues["clientId"]!;

    private static Task NotFound(HttpContext context) => AdminProblem.NotFound(context, $"There is no service account {ClientIdOf(context)}.");
}
