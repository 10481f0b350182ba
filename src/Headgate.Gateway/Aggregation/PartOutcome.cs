namespace Headgate.Gateway.Aggregation;

/// <summary>What came of a part.</summary>
internal enum PartOutcome
{
    /// <summary>Its service answered.</summary>
    Answered,

    /// <summary>It failed, and its fallback stands in for it.</summary>
    StoodIn,

    /// <summary>It failed, and is null.</summary>
    Missing,

    /// <summary>It failed, and with it the answer.</summary>
    Failed,

    /// <summary>It was given up: another part failed, or the client went away.</summary>
    GivenUp,
}
