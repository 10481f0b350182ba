namespace Headgate.Integration.Operations;

/// <summary>Why an operation did not begin.</summary>
internal enum OperationRefusal
{
    /// <summary>It did.</summary>
    None,

    /// <summary>Another has what it was to claim.</summary>
    Claimed,

    /// <summary>This process takes no more: it is at as many as may be, stops, or could not use the store for a while.</summary>
    Busy,

    /// <summary>As many operations of its API need attention as may.</summary>
    Attention,
}
