namespace Headgate.Gateway.Plans.Listing;

/// <summary>How a part of a plan differs in another plan.</summary>
public enum PlanChangeKind
{
    /// <summary>The other plan alone has it.</summary>
    Added,

    /// <summary>The other plan does not have it.</summary>
    Removed,

    /// <summary>Both have it, and it does something else.</summary>
    Changed,
}
