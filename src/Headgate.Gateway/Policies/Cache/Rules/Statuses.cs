namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What a status says about caching.</summary>
internal static class Statuses
{
    /// <summary>RFC 9110 §15.1: those that may be stored although nothing is said of it.</summary>
    public static bool IsHeuristicallyCacheable(int status) => status is 200 or 203 or 204 or 300 or 301 or 308 or 404 or 405 or 410 or 414 or 501;

    /// <summary>Those to which the <c>ttl</c> of a document applies: an error is not kept unless its upstream says so.</summary>
    public static bool TakesDeclaredTtl(int status) => status is 200 or 203 or 204 or 300 or 301 or 308;

    /// <summary>Those whose meaning Headgate knows (RFC 9111 §5.2.2.3, <c>must-understand</c>); 206 it does not store, and so does not understand.</summary>
    public static bool IsUnderstood(int status) => IsHeuristicallyCacheable(status) || status is 302 or 303 or 307;

    /// <summary>RFC 5861 §4: those for which a stale answer may stand in.</summary>
    public static bool IsFailure(int status) => status is 500 or 502 or 503 or 504;
}
