namespace Headgate.Integration.Idempotency;

/// <summary>What came of a request with a key, for counting. A request that is carried out is counted at its end.</summary>
internal enum IdempotencyResult
{
    /// <summary>Carried out, and its answer kept.</summary>
    Kept,

    /// <summary>Answered again.</summary>
    Replayed,

    /// <summary>Refused with 409: one with the key is under way.</summary>
    Running,

    /// <summary>Refused with 422: the key is another request's.</summary>
    Mismatched,

    /// <summary>Carried out to no final answer, or not at all: the key is free again.</summary>
    Released,

    /// <summary>Carried out, and the store could not keep the answer.</summary>
    NotKept,
}
