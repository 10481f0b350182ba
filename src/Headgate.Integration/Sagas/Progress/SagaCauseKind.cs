namespace Headgate.Integration.Sagas.Progress;

/// <summary>Why a saga goes back. The numbers are kept in the store.</summary>
internal enum SagaCauseKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>A service refused its step.</summary>
    Refused = 1,

    /// <summary>A service could not be called.</summary>
    NotCalled = 2,

    /// <summary>It took too long.</summary>
    TimedOut = 3,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled = 4,
}
