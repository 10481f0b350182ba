namespace Headgate.Integration.Sagas.Progress;

/// <summary>What a call says of a step, or of what undoes it.</summary>
internal enum StepOutcome
{
    /// <summary>It happened.</summary>
    Done,

    /// <summary>It did not happen, and the service will not do it.</summary>
    Refused,

    /// <summary>It did not happen, for the service was not reached.</summary>
    NotCalled,

    /// <summary>Nobody knows: the same call has to be made again until it is known.</summary>
    Unknown,
}
