using System.Collections.Frozen;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Routing;

/// <summary>
/// The routes of a plan with versioned documents: a table for each version that requests can name, and one for those that name none. Each is a whole table, so
/// that precedence among paths is decided within a version. Immutable, thread-safe.
/// </summary>
internal sealed class VersionRoutes
{
    private readonly RouteTable _all;
    private readonly RouteTable _unnamed;
    private readonly KeyValuePair<string, FrozenDictionary<string, RouteTable>>[] _byHeader;

    private VersionRoutes(RouteTable all, IReadOnlyList<ApiPlan> apis)
    {
        ApiPlan[] unversioned = [.. apis.Where(api => api.Version is null)];
        _all = all;
        _unnamed = RouteClaims.Build([.. unversioned, .. apis.Where(api => api.Version is { IsDefault: true })]);
        _byHeader =
        [
            .. from api in apis
               where api.Version is not null
               group api by api.Version!.Header.ToUpperInvariant() into ofHeader
               select KeyValuePair.Create(
                   ofHeader.First().Version!.Header,
                   ofHeader.GroupBy(api => api.Version!.Normal).ToFrozenDictionary(version => version.Key, version => RouteClaims.Build([.. version, .. unversioned]))),
        ];
    }

    /// <summary>The routes by version; null where no document is versioned.</summary>
    /// <param name="all">The routes of all documents.</param>
    /// <param name="apis">The documents.</param>
    public static VersionRoutes? Of(RouteTable all, IReadOnlyList<ApiPlan> apis) => apis.Any(api => api.Version is not null) ? new VersionRoutes(all, apis) : null;

    /// <summary>Finds the operation of the version that a request means; the parameters' values go to the context.</summary>
    /// <param name="context">The request.</param>
    /// <param name="method">Its method, as documents declare it.</param>
    /// <param name="path">Its normal path.</param>
    /// <param name="failure">Why it means none, where its path is there in other versions; else null.</param>
    public RouteMatch Match(GatewayContext context, string method, string path, out GatewayFailure? failure)
    {
        foreach ((string header, FrozenDictionary<string, RouteTable> versions) in _byHeader)
        {
            if (context.Request.Headers[header] is { Count: > 0 } named)
                return MatchNamed(context, method, path, header, Find(versions, named), out failure);
        }

        failure = null;
        RouteMatch match = _unnamed.Match(method, path, context.PathValues);
        if (match.Methods is not null)
            return match;

        // What only one version has needs no name: a path such as /v2/orders says it itself.
        match = _all.Match(method, path, context.PathValues);
        if (match.Methods is { Versions.Count: > 1 } several && context.Request.Method != "OPTIONS")
            failure = new GatewayFailure(ErrorCatalogue.ApiVersionMissing, $"The path has several versions: name one in {several.First.Api.Version!.Header}: {string.Join(", ", several.Versions)}.");
        return match;
    }

    private RouteMatch MatchNamed(GatewayContext context, string method, string path, string header, RouteTable? version, out GatewayFailure? failure)
    {
        failure = null;
        if (version?.Match(method, path, context.PathValues) is { Methods: not null } match)
            return match;
        match = _all.Match(method, path, context.PathValues);
        if (match.Methods is { Versions.Count: > 0 } others)
            failure = new GatewayFailure(ErrorCatalogue.ApiVersionUnknown, $"{header} names no version of this path. There is: {string.Join(", ", others.Versions)}.");
        return match;
    }

    // Several values are several opinions: whoever reads another of them would see another version.
    private static RouteTable? Find(FrozenDictionary<string, RouteTable> versions, StringValues named) =>
        named is [{ } one] ? versions.GetValueOrDefault(ApiVersion.Normalise(one)) : null;
}
