namespace Headgate.Gateway.Values;

/// <summary>
/// What values of a document may read beside what a request brings in its head: its body, and what services answered for it before. Each is whole JSON or nothing. Asked by one thread at a time.
/// </summary>
public abstract class KnownAnswers
{
    /// <summary>The body of the client's request; empty when it had none, or none of JSON.</summary>
    public abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>The answer of an earlier call; empty when there is none, or none of JSON.</summary>
    /// <param name="position">The position among all calls of the operation.</param>
    public abstract ReadOnlyMemory<byte> AnswerOf(int position);

    /// <summary>Whether an earlier call had an answer that is too large to be there.</summary>
    /// <param name="position">The position among all calls of the operation.</param>
    public virtual bool IsLost(int position) => false;
}
