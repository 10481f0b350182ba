using System.Buffers;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// Pinned blocks of 4 KiB for what is received and sent. The block that came back last is given out first: it is still in the processor's cache, which with hundreds of
/// connections is worth more than the work on the block. What is asked for beyond a block comes from the shared array pool. Thread-safe; the loop's own thread takes
/// no lock.
/// </summary>
/// <param name="loop">The loop whose connections use it.</param>
internal sealed class BlockPool(EventLoop loop) : MemoryPool<byte>
{
    private const int BlockBytes = 4 * 1024;
    private const int MostFreeBlocks = 1024;

    private readonly Stack<Block> _free = new();
    private readonly Lock _lock = new();
    private readonly Stack<Block> _freeElsewhere = new();

    public override int MaxBufferSize => BlockBytes;

    private bool IsOnLoop => ReferenceEquals(EventLoop.Current, loop);

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (minBufferSize > BlockBytes)
            return Shared.Rent(minBufferSize);
        if (IsOnLoop && _free.TryPop(out Block? block))
            return block;
        lock (_lock)
        {
            if (_freeElsewhere.TryPop(out block))
                return block;
        }

        return new Block(this);
    }

    // Blocks that connections still hold are the garbage collector's then.
    protected override void Dispose(bool disposing)
    {
        lock (_lock)
            _freeElsewhere.Clear();
    }

    private void Return(Block block)
    {
        if (IsOnLoop)
        {
            if (_free.Count < MostFreeBlocks)
                _free.Push(block);
            return;
        }

        lock (_lock)
        {
            if (_freeElsewhere.Count < MostFreeBlocks)
                _freeElsewhere.Push(block);
        }
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = System.Runtime.InteropServices.MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);

        public void Dispose() => pool.Return(this);
    }
}
