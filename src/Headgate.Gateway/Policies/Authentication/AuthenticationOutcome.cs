namespace Headgate.Gateway.Policies.Authentication;

/// <summary>What an authenticator found in a request. In the order in which they outweigh each other when no alternative holds.</summary>
public enum AuthenticationOutcome
{
    /// <summary>The credential is there and holds.</summary>
    Authenticated,

    /// <summary>The request has no such credential.</summary>
    NotPresented,

    /// <summary>The credential does not hold.</summary>
    Refused,

    /// <summary>Whether it holds cannot be known now: what is needed to check it cannot be reached.</summary>
    Unavailable,
}
