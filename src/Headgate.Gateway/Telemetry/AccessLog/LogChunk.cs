namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>A block of whole lines on its way to the writer.</summary>
internal sealed class LogChunk
{
    /// <summary>The size of the block.</summary>
    public const int Bytes = 64 * 1024;

    private readonly byte[] _bytes = new byte[Bytes];
    private int _used;

    public int Lines { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    public bool TryAppend(ReadOnlySpan<byte> line)
    {
        if (_used + line.Length > Bytes)
            return false;
        line.CopyTo(_bytes.AsSpan(_used));
        _used += line.Length;
        Lines++;
        return true;
    }

    public void Clear() => (_used, Lines) = (0, 0);
}
