namespace Headgate.Integration.Operations;

/// <summary>
/// Carries out the operations of one kind. A feature derives one and the program adds it to the <see cref="OperationRegistry"/>. Serves many operations at once; lives as long as the process.
/// </summary>
public abstract class OperationKind
{
    /// <summary>The kind's name, which never changes: <c>saga</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Does what is left of an operation, from whatever the data of <see cref="OperationRun.Record"/> say, and saves its end before it returns. Called for a new operation, for one whose
    /// instance died or stopped, and for one that is retried: what was under way when the last data were saved may have happened or not.
    /// </summary>
    /// <param name="run">The operation.</param>
    /// <param name="stopped">
    /// Cancelled when this process is to do no more of it, since it stops or cannot show any more that it lives: then the method lets go at once, by <see cref="OperationCanceledException"/>
    /// or a return, and whoever has the operation next goes on.
    /// </param>
    /// <remarks>
    /// An exception is logged and the operation is run again, after 1 second first and at most a minute later, ten times in all; then it fails and needs attention. A <see cref="Storage.StoreException"/>
    /// is no such failure: the operation goes on when the store can be used again. <see cref="OperationLostException"/> passes through.
    /// </remarks>
    public abstract Task RunAsync(OperationRun run, CancellationToken stopped);

    /// <summary>Says for operators what the data of an operation say: a line for each part. Without secrets.</summary>
    public virtual IReadOnlyList<string> Describe(OperationRecord record) => [];

    /// <summary>What is kept of the data of an operation that needed attention once somebody has resolved it: nobody goes on with it any more. Without what only going on needs, such as what a client sent. Never throws.</summary>
    public virtual byte[] KeptOfResolved(OperationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Data;
    }
}
