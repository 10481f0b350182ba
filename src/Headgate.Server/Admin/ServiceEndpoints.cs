using Headgate.Gateway.Forwarding.Health;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary><c>/services</c>: how services and their instances stand, and what an operator does about it.</summary>
internal static class ServiceEndpoints
{
    private const string Open = "open";

    public static void Map(IEndpointRouteBuilder routes, AdminServices services)
    {
        routes.MapGet("/services", context => ListAsync(context, services));
        routes.MapGet("/services/{service}", context => WriteAsync(context, services));
        routes.MapPost("/services/{service}/drain", context => DrainAsync(context, services, isDrained: true));
        routes.MapPost("/services/{service}/undrain", context => DrainAsync(context, services, isDrained: false));
        routes.MapPut("/services/{service}/breaker", context => SetBreakerAsync(context, services));
    }

    private static async Task ListAsync(HttpContext context, AdminServices services)
    {
        if (await PageRequest.ReadAsync(context) is not { } page)
            return;
        ServiceReport[] found = [.. services.Services.Read().Where(service => string.CompareOrdinal(service.Service, page.After) > 0).Take(page.Wanted).Select(ServiceReport.Of)];
        await AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, page.Of(found, service => service.Service), ReportJson.Readable.PageReportServiceReport);
    }

    private static async Task DrainAsync(HttpContext context, AdminServices services, bool isDrained)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.InstanceBody) is not { } body)
            return;
        string name = NameOf(context);
        if (!Uri.TryCreate(body.Instance, UriKind.Absolute, out Uri? instance) || !services.Upstreams.SetDrained(name, instance, isDrained, services.Time))
        {
            await AdminProblem.NotFound(context, $"The service {name} has no instance {body.Instance}.");
            return;
        }

        if (isDrained)
            OperatorLog.InstanceDrained(services.Log, instance, name);
        else
            OperatorLog.InstanceUndrained(services.Log, instance, name);
        await WriteAsync(context, services);
    }

    private static async Task SetBreakerAsync(HttpContext context, AdminServices services)
    {
        if (await AdminBody.ReadAsync(context, ReportJson.Readable.BreakerBody) is not { } body)
            return;
        string name = NameOf(context);
        if (services.Services.SetBreakers(name, body.Operation, body.State == Open) == 0)
        {
            await AdminProblem.NotFound(context, body.Operation is null ? $"The service {name} has no circuit breaker." : $"The service {name} has no circuit breaker of {body.Operation}.");
            return;
        }

        OperatorLog.BreakersSet(services.Log, name, body.State);
        await WriteAsync(context, services);
    }

    private static Task WriteAsync(HttpContext context, AdminServices services)
    {
        string name = NameOf(context);
        ServiceStatus? found = services.Services.Read().FirstOrDefault(service => service.Service == name);
        return found is null
            ? AdminProblem.NotFound(context, $"No document in force calls a service {name}.")
            : AdminAnswer.WriteAsync(context, StatusCodes.Status200OK, ServiceReport.Of(found), ReportJson.Readable.ServiceReport);
    }

    private static string NameOf(HttpContext context) => (string)context.GetRouteValue("service")!;
}
