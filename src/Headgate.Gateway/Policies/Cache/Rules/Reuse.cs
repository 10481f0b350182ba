namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What may be done with a stored answer for a request (RFC 9111 §4).</summary>
internal enum Reuse
{
    /// <summary>It is asked for anew first.</summary>
    Validate,

    /// <summary>It is given.</summary>
    Fresh,

    /// <summary>It is given although it is stale, because the client takes that.</summary>
    Stale,

    /// <summary>It is given although it is stale, and renewed behind the client's back.</summary>
    StaleWhileRenewed,
}
