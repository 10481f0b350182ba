namespace Headgate.Gateway.Policies.Cache;

/// <summary>What the cache did with a request, for counting.</summary>
internal enum CacheResult
{
    /// <summary>Given from memory, fresh.</summary>
    Hit,

    /// <summary>Given from memory although stale: the client takes that, or it is renewed meanwhile.</summary>
    Stale,

    /// <summary>Given from memory although stale, because the upstream failed.</summary>
    StaleOnError,

    /// <summary>Given from memory after the upstream said that it still holds.</summary>
    Revalidated,

    /// <summary>Given from the answer to another request that was under way.</summary>
    Collapsed,

    /// <summary>Fetched and stored.</summary>
    Stored,

    /// <summary>Fetched, and not to be stored.</summary>
    NotStored,

    /// <summary>Sent on without a look at the cache.</summary>
    Bypassed,

    /// <summary>Refused: the client wanted a stored answer or none.</summary>
    Refused,
}
