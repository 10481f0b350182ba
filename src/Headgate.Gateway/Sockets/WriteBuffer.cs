using System.Buffers;

namespace Headgate.Gateway.Sockets;

/// <summary>What is written and not yet sent, in blocks of a pool, which go back as they are sent. Not thread-safe.</summary>
internal sealed class WriteBuffer(MemoryPool<byte> pool)
{
    private const int MostPieces = 16;

    private Block[] _blocks = new Block[2];
    private MemoryHandle[]? _pins;
    private int _first;
    private int _end;

    /// <summary>The bytes that are not yet sent.</summary>
    public long Count { get; private set; }

    /// <summary>Room for at least so many bytes, in one piece.</summary>
    public Memory<byte> GetMemory(int sizeHint)
    {
        if (_end > _first)
        {
            ref Block last = ref _blocks[_end - 1];
            Memory<byte> room = last.Memory[last.End..];
            if (room.Length >= Math.Max(sizeHint, 1))
                return room;
        }

        return Grow(sizeHint);
    }

    public void Advance(int bytes)
    {
        _blocks[_end - 1].End += bytes;
        Count += bytes;
    }

    /// <summary>Sends what one system call takes, and lets go of it: as <see cref="EventSocket.Send(ReadOnlySpan{byte})"/>.</summary>
    public int SendTo(EventSocket socket)
    {
        int sent = _end - _first == 1 ? socket.Send(_blocks[_first].Unsent.Span) : SendPieces(socket);
        if (sent > 0)
            Consume(sent);
        return sent;
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        for (; _first < _end; _first++)
            _blocks[_first].Release();
        _first = _end = 0;
        Count = 0;
    }

    private Memory<byte> Grow(int sizeHint)
    {
        if (_end == _blocks.Length)
            Array.Resize(ref _blocks, _blocks.Length * 2);
        IMemoryOwner<byte> owner = sizeHint <= pool.MaxBufferSize ? pool.Rent(sizeHint) : MemoryPool<byte>.Shared.Rent(sizeHint);
        _blocks[_end] = new Block { Owner = owner, Memory = owner.Memory };
        return _blocks[_end++].Memory;
    }

    private unsafe int SendPieces(EventSocket socket)
    {
        MemoryHandle[] pins = _pins ??= new MemoryHandle[MostPieces];
        Span<BytePiece> pieces = stackalloc BytePiece[MostPieces];
        int count = Math.Min(_end - _first, MostPieces);
        try
        {
            for (int i = 0; i < count; i++)
            {
                Memory<byte> unsent = _blocks[_first + i].Unsent;
                pins[i] = unsent.Pin();
                pieces[i] = new BytePiece((nint)pins[i].Pointer, (nuint)unsent.Length);
            }

            return socket.Send(pieces[..count]);
        }
        finally
        {
            foreach (ref MemoryHandle pin in pins.AsSpan(0, count))
                pin.Dispose();
        }
    }

    private void Consume(int sent)
    {
        Count -= sent;
        while (_first < _end && sent >= _blocks[_first].Unsent.Length)
        {
            sent -= _blocks[_first].Unsent.Length;
            _blocks[_first++].Release();
        }

        if (_first == _end)
            _first = _end = 0;
        else
            _blocks[_first].Start += sent;
    }

    private struct Block
    {
        public IMemoryOwner<byte>? Owner;
        public Memory<byte> Memory;
        public int Start;
        public int End;

        public readonly Memory<byte> Unsent => Memory[Start..End];

        public void Release()
        {
            Owner?.Dispose();
            this = default;
        }
    }
}
