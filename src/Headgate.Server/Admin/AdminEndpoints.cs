namespace Headgate.Server.Admin;

/// <summary>
/// The admin API, <c>/admin/v1</c>: one class for each noun, listed here. What a class maps stands in <c>admin.openapi.yaml</c> (a test compares), and takes no
/// service before a request comes.
/// </summary>
internal static class AdminEndpoints
{
    public const string Prefix = "/admin/v1";

    public static void Map(IEndpointRouteBuilder application, AdminServices services)
    {
        RouteGroupBuilder routes = application.MapGroup(Prefix);
        DocumentEndpoints.Map(routes);
        StatusEndpoints.Map(routes, services);
        RouteEndpoints.Map(routes, services);
        ReloadEndpoints.Map(routes, services);
        PlanEndpoints.Map(routes, services);
        ServiceEndpoints.Map(routes, services);
        DeprecatedEndpoints.Map(routes, services);
        DrainEndpoints.Map(routes, services);
        LogLevelEndpoints.Map(routes, services);
        ConfigEndpoints.Map(routes, services);
        LimitEndpoints.Map(routes, services);
        RoleEndpoints.Map(routes, services);
        RoleAssignmentEndpoints.Map(routes, services);
        CacheEndpoints.Map(routes, services);
        ExplainEndpoints.Map(routes, services);
        ServiceAccountEndpoints.Map(routes, services);
        SigningKeyEndpoints.Map(routes, services);
        KeyEndpoints.Map(routes, services);
        EventEndpoints.Map(routes, services);
        DeadLetterEndpoints.Map(routes, services);
        OperationEndpoints.Map(routes, services);
    }
}
