using System.Net;

namespace Headgate.Server.Admin;

/// <summary>
/// Counts wrong admin keys by address, in windows of one minute, so that a weak key cannot be guessed. Thread-safe; bounded: addresses beyond the
/// bound are counted together.
/// </summary>
internal sealed class FailedKeys(TimeProvider time)
{
    /// <summary>Wrong keys that an address may send in a minute.</summary>
    public const int Allowed = 10;

    private const int MaxAddresses = 1000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _counts = [];
    private DateTimeOffset _windowEnds = DateTimeOffset.MinValue;

    /// <summary>How long an address has to wait before a key of its is looked at again; null when it need not.</summary>
    public TimeSpan? WaitOf(IPAddress address)
    {
        lock (_lock)
        {
            DateTimeOffset now = Roll();
            return _counts.GetValueOrDefault(Slot(address)) >= Allowed ? _windowEnds - now : null;
        }
    }

    /// <summary>Counts a wrong key.</summary>
    public void Add(IPAddress address)
    {
        lock (_lock)
        {
            Roll();
            IPAddress slot = Slot(address);
            _counts[slot] = _counts.GetValueOrDefault(slot) + 1;
        }
    }

    private DateTimeOffset Roll()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now >= _windowEnds)
        {
            _counts.Clear();
            _windowEnds = now + s_window;
        }

        return now;
    }

    private IPAddress Slot(IPAddress address) =>
        _counts.Count < MaxAddresses || _counts.ContainsKey(address) ? address : IPAddress.Any;
}
