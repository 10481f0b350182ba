using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Routing;

/// <summary>
/// Which document has which routes. A document that would take another's route is refused whole and leaves nothing behind, so the table is
/// built from the documents that remain.
/// </summary>
internal sealed class RouteClaims
{
    private readonly Dictionary<(string Method, string Shape, string Version), OperationPlan> _taken = [];

    /// <summary>Claims all routes of an API, or reports those that are taken and claims none.</summary>
    public bool Claim(ApiPlan api, DiagnosticBag diagnostics)
    {
        var claims = new Dictionary<(string Method, string Shape, string Version), OperationPlan>();
        foreach (OperationPlan operation in api.Operations)
        {
            foreach (string basePath in operation.Operation.BasePaths)
            {
                string shape = RouteTableBuilder.Normal(basePath) + ShapeOf(operation.Operation.Path);
                foreach (string version in VersionsOf(api))
                {
                    (string, string, string) route = (operation.Operation.Method, shape, version);
                    if (_taken.TryGetValue(route, out OperationPlan? other) || !claims.TryAdd(route, operation))
                        Report(operation, basePath, other ?? claims[route], diagnostics);
                }
            }
        }

        if (diagnostics.HasErrors)
            return false;
        foreach ((var route, OperationPlan operation) in claims)
            _taken.Add(route, operation);
        return true;
    }

    /// <summary>Builds the table of APIs whose claims are all granted.</summary>
    public static RouteTable Build(IEnumerable<ApiPlan> apis)
    {
        var builder = new RouteTableBuilder();
        foreach (ApiPlan api in apis)
        {
            foreach (OperationPlan operation in api.Operations)
            {
                foreach (string basePath in operation.Operation.BasePaths)
                    builder.Add(basePath, operation.Operation.Path, operation.Operation.Method, operation);
            }
        }

        return builder.Build();
    }

    // Under which names requests find the document: its version, and none where it is what requests without a version mean.
    private static string[] VersionsOf(ApiPlan api) => api.Version switch
    {
        null => [""],
        { IsDefault: true } version => [version.Normal, ""],
        var version => [version.Normal],
    };

    private static void Report(OperationPlan operation, string basePath, OperationPlan other, DiagnosticBag diagnostics) =>
        diagnostics.Add(
            PlanDiagnostics.RouteTaken,
            operation.Operation.Node,
            $"{operation.Operation.Method} {basePath}{operation.Operation.Path.Text} is already declared by {other.Api.Name} ({other.Operation.Node.Location}).",
            "Give the documents different base paths in servers, or remove one of the operations.");

    // Templates that differ in parameter names alone match the same requests, and so do literals that mean the same bytes.
    private static string ShapeOf(PathTemplate template) => string.Concat(template.Segments.Select(
        segment => "/" + string.Concat(segment.Parts.Select(part => part.IsParameter ? "{}" : RouteTableBuilder.Normal(part.Text)))));
}
