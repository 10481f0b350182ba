namespace Headgate.Gateway.Policies.Compression;

/// <summary>
/// How much of the process compresses, so that compression takes neither all processors nor unbounded memory: beyond either bound further answers go out as they are.
/// Thread-safe.
/// </summary>
/// <param name="mostBusy">How many pieces may be compressed at once while another answer begins.</param>
internal sealed class CompressionLoad(int mostBusy)
{
    // A coder has about 1 MiB of memory of its own.
    private const int MostActive = 256;

    private int _active;
    private int _busy;

    /// <summary>That of the process.</summary>
    public static CompressionLoad Process { get; } = new(Environment.ProcessorCount);

    /// <summary>Whether one more answer may be compressed; then <see cref="End"/> is called once.</summary>
    public bool TryBegin()
    {
        if (Volatile.Read(ref _busy) >= mostBusy)
            return false;
        if (Interlocked.Increment(ref _active) <= MostActive)
            return true;
        End();
        return false;
    }

    /// <summary>An answer is done.</summary>
    public void End() => Interlocked.Decrement(ref _active);

    /// <summary>A piece begins to be compressed.</summary>
    public void BeginPiece() => Interlocked.Increment(ref _busy);

    /// <summary>A piece is compressed.</summary>
    public void EndPiece() => Interlocked.Decrement(ref _busy);
}
