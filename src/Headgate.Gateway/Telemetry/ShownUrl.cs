using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Telemetry;

/// <summary>Makes the URL of a request fit to be shown: without what the access log would leave out. Stateless, thread-safe.</summary>
public static class ShownUrl
{
    /// <summary>The URL without secrets.</summary>
    /// <param name="plan">The plan whose documents say where keys stand.</param>
    /// <param name="url">A URL, or a path with its query.</param>
    public static string Of(GatewayPlan plan, string url)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(url);
        int query = url.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? url : url[..query];
        var redactor = new QueryRedactor(QueryRedactor.DefaultNames.Concat(QueryRedactor.NamesOf(plan)));
        return QueryRedactor.RedactPath(path) + (query < 0 ? "" : redactor.RedactQuery(url[query..]));
    }
}
