using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/dead-letters</c>: events that a consumer could not take.</summary>
internal static class DeadLetterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/dead-letters", context => ListAsync(context, services));
        routes.MapGet("/dead-letters/{letter}", async context => await AnswerAsync(context, await services.Events.Subscriptions.FindDeadLetterAsync(IdOf(context), context.RequestAborted)));
        routes.MapPost("/dead-letters/{letter}/retry", async context => await AnswerAsync(context, await services.Events.Subscriptions.RetryAsync(IdOf(context), context.RequestAborted)));
        routes.MapDelete("/dead-letters/{letter}", async context => await AnswerAsync(context, await services.Events.Subscriptions.DropAsync(IdOf(context), context.RequestAborted)));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        IReadOnlyList<DeadLetter> found = await services.Events.Subscriptions.ListDeadLettersAsync(AdminQuery.Text(context, "subscription"), page.After ?? "", page.Wanted, context.RequestAborted);
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, page.Of(found, letter => letter.Id), ReportJson.Readable.PageReportDeadLetter);
    }

    private static Task AnswerAsync(HttpContext context, DeadLetter? letter) => letter is null
        ? AdminProblem.NotFound(context, $"There is no dead letter {IdOf(context)}.")
        : AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, letter, ReportJson.Readable.DeadLetter);

    private static string IdOf(HttpContext context) => (string)context.GetRouteValue("letter")!;
}
