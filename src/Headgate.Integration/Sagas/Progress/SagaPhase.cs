namespace Headgate.Integration.Sagas.Progress;

/// <summary>Where a saga is going. The numbers are kept in the store.</summary>
internal enum SagaPhase
{
    /// <summary>One step after the other.</summary>
    Forward = 0,

    /// <summary>Back: what is done is undone.</summary>
    Back = 1,

    /// <summary>All steps are done.</summary>
    Succeeded = 2,

    /// <summary>Nothing is left of it but what cannot be undone by the document's own word.</summary>
    Undone = 3,
}
