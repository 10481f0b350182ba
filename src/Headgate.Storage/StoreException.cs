namespace Headgate.Storage;

/// <summary>A store could not do what it was asked. The message is one line with place, reason and fix.</summary>
public sealed class StoreException : Exception
{
    internal StoreException(StoreProblem problem, Exception? cause = null)
        : base(problem.ToString(), cause)
    {
        Problem = problem;
    }

    /// <summary>What is wrong.</summary>
    public StoreProblem Problem { get; }

    /// <summary>
    /// Whether the command may have become durable nonetheless: while it was being committed the disk failed, the connection broke,
    /// or the file was moved away. Otherwise nothing of it happened.
    /// </summary>
    public bool OutcomeUnknown { get; init; }
}
