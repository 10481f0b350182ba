namespace Headgate.Integration.Sagas;

/// <summary>How large what of a saga may be. Together, with a request's head, it fits into the state of an operation.</summary>
public static class SagaBounds
{
    /// <summary>The most bytes of a client's body: it is kept with the saga.</summary>
    public const int MostBodyBytes = 256 * 1024;

    /// <summary>The most bytes of a step's answer that are kept, where something reads it. A larger one counts as none.</summary>
    public const int MostAnswerBytes = 64 * 1024;

    /// <summary>The most bytes of state with which sagas under way began, or were gone on with, in one process: beyond, no more begin. Clients may be gone by then, and the memory for their bodies with them.</summary>
    public const long MostBytesUnderWay = 128 * 1024 * 1024;

    /// <summary>The most bytes of the answers of all steps together. One that goes beyond counts as none.</summary>
    public const int MostAnswersBytes = 384 * 1024;
}
