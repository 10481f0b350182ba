using Headgate.OpenApi.Values;
using Headgate.Server.Hosting;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Admin;

/// <summary><c>/log-levels</c>: what the program's log tells, changed for a while.</summary>
internal static class LogLevelEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/log-levels", context => WriteAsync(context, services));
        routes.MapPut("/log-levels/{category}", context => SetAsync(context, services));
        routes.MapDelete("/log-levels/{category}", context => ResetAsync(context, services));
    }

    private static async Task SetAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.LogLevelBody) is not { } body)
            return;
        TimeSpan time = LogLevelSwitch.UsualTime;
        if (body.For is { } text)
        {
            if (!Duration.TryParse(text, out Duration given) || given.Value <= TimeSpan.Zero || given.Value > LogLevelSwitch.LongestTime)
            {
                await AdminProblem.Invalid(context, [new ProblemError("/for", "must be a time of at most 24h, such as 15m")]);
                return;
            }

            time = given;
        }

        LogLevel level = LogLevels.All.First(known => known.Name == body.Level).Level;
        if (services.LogLevels.Set(CategoryOf(context), level, time) is not { } made)
        {
            await AdminProblem.Conflict(context, $"{LogLevelSwitch.MostCategories} categories have levels of their own already, as many as there may be. Give one back.");
            return;
        }

        OperatorLog.LevelSet(services.Log, made.Category, body.Level, made.Until);
        await WriteAsync(context, services);
    }

    private static Task ResetAsync(HttpContext context, AdminServices services)
    {
        if (!services.LogLevels.Reset(CategoryOf(context)))
            return AdminProblem.NotFound(context, $"The category {CategoryOf(context)} has no level of its own.");
        OperatorLog.LevelReset(services.Log, CategoryOf(context));
        return WriteAsync(context, services);
    }

    private static Task WriteAsync(HttpContext context, AdminServices services) =>
        AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, LogLevelsReport.Of(services.Options.LogLevel, services.LogLevels), ReportJson.Readable.LogLevelsReport);

    private static string CategoryOf(HttpContext context) => (string)context.GetRouteValue("category")!;
}
