namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What became of checking a signature.</summary>
internal enum JwsOutcome
{
    /// <summary>The signature is right.</summary>
    Verified,

    /// <summary>The token is refused.</summary>
    Refused,

    /// <summary>The token names a key that the set does not have.</summary>
    UnknownKey,

    /// <summary>The check may take long: it wants a thread that may be held.</summary>
    WantsPool,
}
