namespace Headgate.Integration.Operations.Api;

/// <summary>The clients that follow operations at this instance. Thread-safe.</summary>
internal sealed class LogStreams : IDisposable
{
    /// <summary>The most at once.</summary>
    public const int Most = 1000;

    /// <summary>The most at once of one caller; of callers whom nobody knows, from one network.</summary>
    public const int MostOfCaller = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byCaller = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private int _count;

    /// <summary>Cancelled when all of them are to end: the process is about to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>Takes a place; false when there is none.</summary>
    public bool TryEnter(string caller)
    {
        lock (_lock)
        {
            int own = _byCaller.GetValueOrDefault(caller);
            if (_count >= Most || own >= MostOfCaller)
                return false;
            _byCaller[caller] = own + 1;
            _count++;
            return true;
        }
    }

    public void Leave(string caller)
    {
        lock (_lock)
        {
            if (--_byCaller[caller] == 0)
                _byCaller.Remove(caller);
            _count--;
        }
    }

    /// <summary>Ends all of them, and those that begin from now on: clients go on at another instance, or at the next start of this one.</summary>
    public void End() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
