namespace Headgate.Gateway.Policies.SecurityHeaders;

/// <summary>Which pages may show an answer in a frame.</summary>
public enum FramePolicy
{
    /// <summary>None.</summary>
    Deny,

    /// <summary>Those of the same origin.</summary>
    SameOrigin,

    /// <summary>Any: nothing is said about it.</summary>
    Any,
}
