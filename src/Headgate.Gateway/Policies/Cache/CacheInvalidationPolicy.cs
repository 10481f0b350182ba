using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>
/// After an unsafe request that succeeded, takes what is stored for its URL out of the cache, and for the URLs of <c>Location</c> and <c>Content-Location</c> where they are of the same
/// origin (RFC 9111 §4.4).
/// </summary>
/// <param name="store">The cache.</param>
internal sealed class CacheInvalidationPolicy(CacheStore store) : GatewayPolicy
{
    public override string Name => "cache-invalidation";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => [new PlanSetting("cache", "what it changes is forgotten")];

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        if (context.Response.StatusCode is < 200 or >= 400 || context.Failure is not null)
            return ValueTask.CompletedTask;
        ClientRequest request = context.Request;
        store.Marks.Mark(store.PathHashOf(request.Path, context.ForwardedQuery));
        IHeaderDictionary headers = context.Response.Headers;
        InvalidateTarget(headers.Location, request);
        InvalidateTarget(headers.ContentLocation, request);
        return ValueTask.CompletedTask;
    }

    private void InvalidateTarget(string? reference, ClientRequest request)
    {
        if (reference is not null && OfSameOrigin(reference, request) is { } target && RequestTarget.TryNormalise(target, out string path, out string query, out _))
            store.Marks.Mark(store.PathHashOf(path, query));
    }

    // Others' URLs are none of a client's business: naming them in an answer must not empty the cache of them.
    private static string? OfSameOrigin(string reference, ClientRequest request)
    {
        string host = request.Headers.Host.ToString();
        if (!Uri.TryCreate($"{request.Scheme}://{host}{request.Path}", UriKind.Absolute, out Uri? current) || !Uri.TryCreate(current, reference, out Uri? target))
            return null;
        bool isSame = target.Scheme == current.Scheme && target.Host.Equals(current.Host, StringComparison.OrdinalIgnoreCase) && target.Port == current.Port;
        return isSame ? target.PathAndQuery : null;
    }
}
