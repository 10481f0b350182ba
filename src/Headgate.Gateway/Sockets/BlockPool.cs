using System.Buffers;

namespace Headgate.Gateway.Sockets;

/// <summary>
/// Pinned blocks of 4 KiB for what is received and sent. The block that came back last is given out first: it is still in the processor's cache, which with hundreds of
/// connections is worth more than the work on the block. What is asked for beyond a block comes from the shared array pool. Thread-safe.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    private const int BlockBytes = 4 * 1024;
    private const int MostFreeBlocks = 1024;

    private readonly Lock _lock = new();
    private readonly Stack<Block> _free = new();

    public override int MaxBufferSize => BlockBytes;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (minBufferSize > BlockBytes)
            return Shared.Rent(minBufferSize);
        lock (_lock)
        {
            if (_free.TryPop(out Block? block))
                return block;
        }

        return new Block(this);
    }

    // Connections may still hold blocks: they are the garbage collector's then.
    protected override void Dispose(bool disposing)
    {
        lock (_lock)
            _free.Clear();
    }

    private void Return(Block block)
    {
        lock (_lock)
        {
            if (_free.Count < MostFreeBlocks)
                _free.Push(block);
        }
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = System.Runtime.InteropServices.MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);

        public void Dispose() => pool.Return(this);
    }
}
