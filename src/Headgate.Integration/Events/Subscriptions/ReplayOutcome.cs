namespace Headgate.Integration.Events.Subscriptions;

/// <summary>What became of a subscription that was to go on from elsewhere.</summary>
public enum ReplayOutcome
{
    /// <summary>It goes on there.</summary>
    Moved,

    /// <summary>The store knows no such subscription.</summary>
    Unknown,

    /// <summary>The log does not reach so far: what is still to come, up to there, would be passed over.</summary>
    BeyondTheEnd,
}
