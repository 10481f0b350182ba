using System.Globalization;
using Headgate.Integration.Operations;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/operations</c>: long work of every tenant.</summary>
internal static class OperationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/operations", context => ListAsync(context, services.Operations.Registry));
        routes.MapGet("/operations/{operation}", context => WithAsync(context, services, record => AnswerAsync(context, record)));
        routes.MapGet("/operations/{operation}/explanation", context => WithAsync(context, services, record => ExplainAsync(context, services.Operations.Registry, record)));
        routes.MapGet("/operations/{operation}/log", context => WithAsync(context, services, record => LogAsync(context, services.Operations, record)));
        routes.MapPost("/operations/{operation}/cancel", context => WithAsync(context, services, async record =>
            await AnswerAsync(context, await services.Operations.Registry.CancelAsync(record.Id, context.RequestAborted), "has ended: there is nothing left to cancel")));
        routes.MapPost("/operations/{operation}/retry", context => WithAsync(context, services, async record =>
            await AnswerAsync(context, await services.Operations.Registry.RetryAsync(record.Id, context.RequestAborted), "needs no attention: there is nothing to retry")));
        routes.MapPost("/operations/{operation}/resolve", context => WithAsync(context, services, record => ResolveAsync(context, services.Operations.Registry, record)));
    }

    private static async Task ListAsync(HttpContext context, OperationRegistry registry)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        if (page.After is { } cursor && !OperationId.IsOne(cursor))
        {
            await AdminProblem.Invalid(context, [new ProblemError("#/query/cursor", "must be the next of an earlier page")]);
            return;
        }

        var filter = new OperationFilter
        {
            States = AdminQuery.Text(context, "state") is { } states ? [.. states.Split(',').Select(OperationStates.Parse)] : [],
            NeedsAttention = AdminQuery.Text(context, "attention") is { } needs ? needs == "true" : null,
            Kind = AdminQuery.Text(context, "kind"),
            Name = AdminQuery.Text(context, "name"),
            Api = AdminQuery.Text(context, "api"),
            Tenant = AdminQuery.Text(context, "tenant"),
        };
        OperationPage found = await registry.ListAsync(filter, page.After, page.Limit, context.RequestAborted);
        var report = new PageReport<OperationReport>([.. found.Operations.Select(OperationReport.Of)], found.Next is { } next ? PageRequest.CursorOf(next) : null);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, report, ReportJson.Readable.PageReportOperationReport);
    }

    private static async Task WithAsync(HttpContext context, AdminServices services, Func<OperationRecord, Task> answer)
    {
        string id = (string)context.GetRouteValue("operation")!;
        if (OperationId.IsOne(id) && await services.Operations.Registry.FindAsync(id, context.RequestAborted) is { } record)
            await answer(record);
        else
            await AdminProblem.NotFound(context, $"There is no operation {id}.");
    }

    private static Task AnswerAsync(HttpContext context, OperationRecord record) =>
        AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, OperationReport.Of(record), ReportJson.Readable.OperationReport);

    private static Task AnswerAsync(HttpContext context, OperationRecord? changed, string otherwise) =>
        changed is null ? AdminProblem.Conflict(context, $"The operation {context.GetRouteValue("operation")} {otherwise}.") : AnswerAsync(context, changed);

    private static Task ExplainAsync(HttpContext context, OperationRegistry registry, OperationRecord record)
    {
        var explanation = new OperationExplanation(OperationReport.Of(record), registry.Describe(record), OperationOutlook.Of(record));
        return AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, explanation, ReportJson.Readable.OperationExplanation);
    }

    private static async Task LogAsync(HttpContext context, OperationServices operations, OperationRecord record)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        long after = 0;
        if (page.After is { } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            await AdminProblem.Invalid(context, [new ProblemError("#/query/cursor", "must be the next of an earlier page")]);
            return;
        }

        LoggedPage found = await operations.ReadLogAsync(record.Id, after, page.Limit, context.RequestAborted);
        string? next = found.IsAtEnd ? null : PageRequest.CursorOf(found.Next.ToString(CultureInfo.InvariantCulture));
        await AdminAnswer.WriteAsync(
            context, StatusCodes.Status200OK, new PageReport<OperationEntryReport>([.. found.Entries.Select(OperationEntryReport.Of)], next), ReportJson.Readable.PageReportOperationEntryReport);
    }

    private static async Task ResolveAsync(HttpContext context, OperationRegistry registry, OperationRecord record)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.ResolveBody) is { } body)
            await AnswerAsync(context, await registry.ResolveAsync(record.Id, body.Note, context.RequestAborted), "needs no attention: there is nothing to resolve");
    }
}
