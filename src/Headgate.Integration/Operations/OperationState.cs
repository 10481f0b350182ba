namespace Headgate.Integration.Operations;

/// <summary>Where an operation is, as everybody is told.</summary>
public enum OperationState
{
    /// <summary>It waits for an instance that goes on with it.</summary>
    Pending,

    /// <summary>An instance is at it, or will be once the one that was is known to be dead.</summary>
    InProgress,

    /// <summary>It has done what it was started for.</summary>
    Succeeded,

    /// <summary>It has not, and why not is told. It may need somebody's attention: see <see cref="OperationRecord.Attention"/>.</summary>
    Failed,

    /// <summary>Somebody asked for its end, and it is on its way there. It may still succeed.</summary>
    Cancelling,

    /// <summary>It has ended because somebody asked for it.</summary>
    Cancelled,
}
