namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>
/// Counts wrong client secrets in windows of a minute, by address and by account, so that guessing costs neither the store nor the log much. It never keeps an account out for
/// good, nor where it is at home: an address from which an account was right is looked at whatever others send for it. Thread-safe; bounded.
/// </summary>
internal sealed class RefusedSecrets(TimeProvider time)
{
    /// <summary>Wrong secrets that an address may send in a minute.</summary>
    public const int MostByAddress = 30;

    /// <summary>Wrong secrets for an account in a minute, from all addresses.</summary>
    public const int MostByClient = 100;

    /// <summary>Addresses that are counted one by one, and as many accounts and known pairs of both.</summary>
    public const int MostCounted = 10_000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _byAddress = [];
    private readonly Dictionary<string, int> _byClient = new(StringComparer.Ordinal);
    private readonly HashSet<(UInt128 Address, string ClientId)> _known = [];
    private DateTimeOffset _windowEnds = DateTimeOffset.MinValue;

    /// <summary>How long an address has to wait before a secret of its for an account is looked at; null when it need not.</summary>
    public TimeSpan? WaitOf(UInt128 address, string clientId)
    {
        lock (_lock)
        {
            TimeSpan left = Roll();
            bool isKnown = _known.Contains((address, clientId));
            bool isOver = _byAddress.GetValueOrDefault(SlotOf(address)) >= MostByAddress || _byClient.GetValueOrDefault(clientId) >= MostByClient;
            return isOver && !isKnown ? left : null;
        }
    }

    /// <summary>Counts a wrong secret.</summary>
    /// <param name="address">From where it came.</param>
    /// <param name="clientId">For whom; null for nobody that there is.</param>
    /// <returns>What it has exhausted, each told once in a window.</returns>
    public (bool Address, bool Client) Add(UInt128 address, string? clientId)
    {
        lock (_lock)
        {
            Roll();
            UInt128 slot = SlotOf(address);
            bool addressIsOver = (_byAddress[slot] = _byAddress.GetValueOrDefault(slot) + 1) == MostByAddress;
            if (clientId is null)
                return (addressIsOver, false);

            // Who sends a wrong secret is no longer at home there.
            _known.Remove((address, clientId));
            if (_byClient.Count >= MostCounted && !_byClient.ContainsKey(clientId))
                return (addressIsOver, false);
            return (addressIsOver, (_byClient[clientId] = _byClient.GetValueOrDefault(clientId) + 1) == MostByClient);
        }
    }

    /// <summary>Notes that an account was right from an address.</summary>
    public void Accept(UInt128 address, string clientId)
    {
        lock (_lock)
        {
            if (_known.Count >= MostCounted)
                _known.Clear();
            _known.Add((address, clientId));
        }
    }

    private TimeSpan Roll()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now >= _windowEnds)
        {
            _byAddress.Clear();
            _byClient.Clear();
            _windowEnds = now + s_window;
        }

        return _windowEnds - now;
    }

    // Beyond the bound addresses are counted together, under one that no client has.
    private UInt128 SlotOf(UInt128 address) => _byAddress.Count < MostCounted || _byAddress.ContainsKey(address) ? address : 0;
}
