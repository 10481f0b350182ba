namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>What became of a key that was presented.</summary>
internal enum ApiKeyVerdict
{
    /// <summary>There is no such key, or its secret is another, or it was revoked: whoever does not have the secret learns no more.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    Holds,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It has another secret now, and the time for which the one before was accepted is over.</summary>
    Replaced,
}
