using Headgate.Gateway.Policies.Cache.Memory;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>The texts of <c>Cache-Status</c> (RFC 9211): what this cache did with a request.</summary>
internal static class CacheStatus
{
    public const string Header = "Cache-Status";

    /// <summary>How this cache calls itself.</summary>
    public const string Name = "headgate";

    public const string Bypass = $"{Name}; fwd=bypass";
    public const string Method = $"{Name}; fwd=method";
    public const string Miss = $"{Name}; fwd=uri-miss";
    public const string MissStored = $"{Name}; fwd=uri-miss; stored";
    public const string Request = $"{Name}; fwd=request";
    public const string RequestStored = $"{Name}; fwd=request; stored";
    public const string Stale = $"{Name}; fwd=stale";
    public const string StaleStored = $"{Name}; fwd=stale; stored";
    public const string Validated = $"{Name}; fwd=stale; fwd-status=304; stored";
    public const string Collapsed = $"{Name}; fwd=uri-miss; collapsed";
    public const string StandsIn = $"{Name}; hit; detail=stale-if-error";
    public const string NotCached = $"{Name}; fwd=request; detail=only-if-cached";

    /// <summary>The field of an answer from the table: caches that are nearer to the origin come first (§2).</summary>
    public static StringValues Join(StoredHead head, string own)
    {
        foreach ((string name, StringValues values) in head.Fields)
        {
            if (name.Equals(Header, StringComparison.OrdinalIgnoreCase))
                return StringValues.Concat(values, own);
        }

        return own;
    }
}
