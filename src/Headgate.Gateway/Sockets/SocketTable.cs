namespace Headgate.Gateway.Sockets;

/// <summary>The sockets of a loop by key. A key is never given twice, so that an event that comes late finds nothing instead of another socket. Thread-safe.</summary>
internal sealed class SocketTable
{
    private const int FirstSlots = 64;

    private readonly Lock _lock = new();
    private readonly Stack<int> _free = new();
    private EventSocket?[] _slots = new EventSocket?[FirstSlots];
    private int _used;
    private uint _generation;

    /// <summary>Takes a socket in and gives it a key, which is never below 2^32.</summary>
    public void Add(EventSocket socket)
    {
        lock (_lock)
        {
            int slot = _free.TryPop(out int free) ? free : _used++;
            if (slot == _slots.Length)
            {
                var larger = new EventSocket?[_slots.Length * 2];
                _slots.CopyTo(larger, 0);
                Volatile.Write(ref _slots, larger);
            }

            if (++_generation == 0)
                _generation = 1;
            socket.Key = ((ulong)_generation << 32) | (uint)slot;
            Volatile.Write(ref _slots[slot], socket);
        }
    }

    public void Remove(ulong key)
    {
        lock (_lock)
        {
            if (Find(key) is null)
                return;
            _slots[(uint)key] = null;
            _free.Push((int)(uint)key);
        }
    }

    public EventSocket? Find(ulong key)
    {
        EventSocket?[] slots = Volatile.Read(ref _slots);
        uint slot = (uint)key;
        return slot < slots.Length && Volatile.Read(ref slots[slot]) is { } socket && socket.Key == key ? socket : null;
    }
}
