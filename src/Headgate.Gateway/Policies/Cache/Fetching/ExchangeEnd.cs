namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>What an exchange with the upstream came to.</summary>
internal enum ExchangeEnd
{
    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It failed, and the stale answer may stand in.</summary>
    StandsIn,

    /// <summary>The stored answer still holds.</summary>
    Validated,

    /// <summary>There is another answer.</summary>
    Answered,
}
