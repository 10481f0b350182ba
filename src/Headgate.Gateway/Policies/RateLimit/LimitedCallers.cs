namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>Whose requests a limit counts.</summary>
public enum LimitedCallers
{
    /// <summary>Everybody's.</summary>
    All,

    /// <summary>Those of callers who are not authenticated.</summary>
    Anonymous,

    /// <summary>Those of authenticated callers.</summary>
    Authenticated,
}
