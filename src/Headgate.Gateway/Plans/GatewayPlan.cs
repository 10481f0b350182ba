using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Routing;

namespace Headgate.Gateway.Plans;

/// <summary>
/// Everything that the data plane needs to serve, compiled from the loaded documents and settings. Immutable: a reload compiles a new one aside
/// and swaps one reference, and requests under way finish on the plan on which they began.
/// </summary>
/// <param name="Routes">Path and method to operation.</param>
/// <param name="Apis">The documents, each compiled.</param>
/// <param name="Generation">Counts up with each reload, from 1.</param>
public sealed record GatewayPlan(RouteTable Routes, IReadOnlyList<ApiPlan> Apis, int Generation)
{
    /// <summary>The plan of a gateway that has no document yet (or none without errors): every path is 404.</summary>
    public static GatewayPlan Empty { get; } = new(RouteTable.Empty, [], 0);

    /// <summary>The routes by version of the API; null where no document is versioned.</summary>
    internal VersionRoutes? Versions { get; } = VersionRoutes.Of(Routes, Apis);

    /// <summary>Whose forwarding fields are believed whatever the operation: what the settings say. A document may add to it for itself.</summary>
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.None;

    /// <summary>The dialect for a path that no operation matches: that of the API with the longest base path that the path begins with.</summary>
    internal ErrorDialect DialectFor(string path)
    {
        ErrorDialect? dialect = null;
        int longest = -1;
        foreach (ApiPlan api in Apis)
        {
            foreach (string basePath in api.Document.BasePaths)
            {
                bool inside = path.StartsWith(basePath, StringComparison.Ordinal) && (path.Length == basePath.Length || path[basePath.Length] == '/');
                if (inside && basePath.Length > longest)
                    (dialect, longest) = (api.Dialect, basePath.Length);
            }
        }

        return dialect ?? ProblemDialect.Instance;
    }
}
