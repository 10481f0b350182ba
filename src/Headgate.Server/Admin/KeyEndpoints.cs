using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/keys</c>: the API keys of the data plane.</summary>
internal static class KeyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/keys", context => ListAsync(context, services));
        routes.MapPost("/keys", context => CreateAsync(context, services));
        routes.MapGet("/keys/{id}", context => ShowAsync(context, services));
        routes.MapPost("/keys/{id}/rotate", context => RotateAsync(context, services));
        routes.MapPost("/keys/{id}/revoke", context => RevokeAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        IQueryCollection query = context.Request.Query;
        var wanted = new ApiKeyQuery
        {
            Tenant = query["tenant"] is [.., { } tenant] ? tenant : null,
            Owner = query["owner"] is [.., { } owner] ? owner : null,
            EndedToo = query["all"] is [.., "true"],
            After = page.After,
            Limit = page.Wanted,
        };
        DateTimeOffset now = services.Time.GetUtcNow();
        KeyReport[] found = [.. (await services.ApiKeys.ListAsync(wanted, context.RequestAborted)).Select(key => KeyReport.Of(key, now))];
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, page.Of(found, key => key.Id), ReportJson.Readable.PageReportKeyReport);
    }

    private static async Task CreateAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.CreateKeyRequest) is not { } request)
            return;
        DateTimeOffset now = services.Time.GetUtcNow();
        DateTimeOffset? end = request.Expires is { } expires ? KeyTimes.ReadEnd(expires, now) : null;
        if (request.Expires is not null && end is null)
        {
            await AdminProblem.Unprocessable(context, $"'{request.Expires}' is no end of a key. Write a time like 2030-01-31T12:00:00Z or 2030-01-31, or how long from now: 90d, 12h.");
            return;
        }

        var draft = new ApiKeyDraft { Name = request.Name, Owner = request.Owner, Tenant = request.Tenant, Scopes = request.Scopes ?? [], Roles = request.Roles ?? [], ExpiresAt = end };
        string problems = string.Join(' ', draft.ProblemsAt(now));
        if (problems.Length > 0)
            await AdminProblem.Unprocessable(context, problems);
        else if (await services.ApiKeys.CreateAsync(draft, context.RequestAborted) is { } issued)
            await WriteAsync(context, StatusCodes.Status201Created, issued, now);
        else
            await AdminProblem.Conflict(context, $"There are {KnownKeys.Most:N0} keys, and no more are held. Revoke some that nobody uses.");
    }

    private static async Task ShowAsync(HttpContext context, AdminServices services)
    {
        if (await FindAsync(context, services) is { } key)
            await WriteAsync(context, key, services.Time.GetUtcNow());
    }

    private static async Task RotateAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.RotateKeyRequest) is not { } request)
            return;
        if (KeyTimes.ReadOverlap(request.Overlap) is not { } overlap)
        {
            await AdminProblem.Unprocessable(context, $"'{request.Overlap}' is no overlap. Write a duration of at most {KeyTimes.MostOverlapDays}d: 0s, 12h, 7d.");
            return;
        }

        if (await FindAsync(context, services) is not { } key)
            return;
        DateTimeOffset now = services.Time.GetUtcNow();
        if (await services.ApiKeys.RotateAsync(key.Id, overlap, context.RequestAborted) is { } issued)
            await WriteAsync(context, StatusCodes.Status200OK, issued, now);
        else
            await AdminProblem.Conflict(context, $"The key {key.Id} has ended: it was revoked, or its time is over. Make another.");
    }

    // To revoke what was revoked changes nothing, and is no error: whoever repeats it, after an answer that was lost, wants nothing else.
    private static async Task RevokeAsync(HttpContext context, AdminServices services)
    {
        if ((await services.ApiKeys.RevokeAsync(IdOf(context), context.RequestAborted) ?? await FindAsync(context, services)) is { } key)
            await WriteAsync(context, key, services.Time.GetUtcNow());
    }

    private static async Task<ApiKeyRecord?> FindAsync(HttpContext context, AdminServices services)
    {
        ApiKeyRecord? key = await services.ApiKeys.FindAsync(IdOf(context), context.RequestAborted);
        if (key is null)
            await AdminProblem.NotFound(context, $"There is no API key {IdOf(context)}.");
        return key;
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static Task WriteAsync(HttpContext context, ApiKeyRecord key, DateTimeOffset now) =>
        AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, KeyReport.Of(key, now), ReportJson.Readable.KeyReport);

    private static Task WriteAsync(HttpContext context, int status, IssuedApiKey issued, DateTimeOffset now) =>
        AdminAnswer.WriteAsync(context, status, new IssuedKeyReport(issued.Text, KeyReport.Of(issued.Key, now)), ReportJson.Readable.IssuedKeyReport);
}
