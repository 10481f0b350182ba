namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>How far a body has come.</summary>
internal enum BodyState
{
    /// <summary>More is to come.</summary>
    Filling,

    /// <summary>All of it is there.</summary>
    Complete,

    /// <summary>It broke off: what is there is a part, and never given as a whole.</summary>
    BrokenOff,
}
