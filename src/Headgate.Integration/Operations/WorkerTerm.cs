using System.Diagnostics.CodeAnalysis;

namespace Headgate.Integration.Operations;

/// <summary>
/// The time for which this process is known to be alive, under a name that it uses once: all operations that it has hang on it, so that none needs a lease of its own. Whoever could not say for a
/// while that it lives is taken for dead, and must not go on with what others have by then. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its timer rings once, and whoever begins an operation at the end of a term still asks for the token.")]
internal sealed class WorkerTerm
{
    /// <summary>How long others believe that a process lives.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    /// <summary>How long it believes so itself: by so much the clocks of machines may differ, and what it is at may last.</summary>
    public static readonly TimeSpan HeldTime = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _over;
    private readonly TimeProvider _time;
    private long _renewedAt;

    /// <param name="since">The moment before the store was told.</param>
    /// <param name="time">The clock.</param>
    public WorkerTerm(long since, TimeProvider time)
    {
        (_time, _renewedAt) = (time, since);
        _over = new CancellationTokenSource(Left, time);
    }

    /// <summary>The name of this process for the time of the term.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Cancelled when the term is over.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Whether it is not over yet. By the clock: after a pause of the whole process nobody may have been told so far.</summary>
    public bool IsHeld => !_over.IsCancellationRequested && Left > TimeSpan.Zero;

    private TimeSpan Left => HeldTime - _time.GetElapsedTime(Volatile.Read(ref _renewedAt)) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>The store was told once more.</summary>
    /// <param name="since">The moment before it was.</param>
    public void Renewed(long since)
    {
        Volatile.Write(ref _renewedAt, since);
        _over.CancelAfter(Left);
    }

    /// <summary>Ends the term.</summary>
    public Task EndAsync() => _over.CancelAsync();
}
