namespace Headgate.Integration.Sagas.Progress;

/// <summary>Where a step of a saga is. The numbers are kept in the store.</summary>
internal enum StepState
{
    /// <summary>Nobody has called its service.</summary>
    Waiting = 0,

    /// <summary>Its service is called, or about to be: it may have happened.</summary>
    Calling = 1,

    /// <summary>It happened.</summary>
    Done = 2,

    /// <summary>It did not happen, and will not.</summary>
    NotDone = 3,

    /// <summary>It happened, and is being undone: that may have happened too.</summary>
    Undoing = 4,

    /// <summary>It happened and was undone.</summary>
    Undone = 5,
}
