namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What of its caller a request shows.</summary>
internal enum RequestCredentials
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A cookie, which may stand for somebody.</summary>
    Cookie,

    /// <summary>Credentials that nobody verified here: <c>Authorization</c>, or what the document's security schemes name and the upstream checks.</summary>
    Unverified,

    /// <summary>Credentials that were verified here: the caller is known.</summary>
    Verified,
}
