using System.Collections.Concurrent;

namespace Commerce.Users;

/// <summary>
/// Slows down guessing: after ten wrong passwords for one name within five minutes, further tries for that name are refused
/// until the five minutes are over. Kept in memory and bounded; when full, the windows that are over make room.
/// </summary>
internal sealed class LoginThrottle(TimeProvider clock)
{
    public const int Attempts = 10;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MostNames = 10_000;
    private const int Turns = 64;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Failures)> _failures = new();

    /// <summary>Waits until no other sign-in of that name is being checked. Disposing what is returned ends the turn.</summary>
    public async Task<IDisposable> TakeTurnAsync(string username, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)username.GetHashCode(StringComparison.Ordinal) % Turns];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>How long the name must wait, or null when it may try.</summary>
    public TimeSpan? Wait(string username)
    {
        if (!_failures.TryGetValue(username, out var seen) || seen.Failures < Attempts)
            return null;
        var left = seen.Since + Window - clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    public void Failed(string username)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count >= MostNames)
            MakeRoom(now);
        _failures.AddOrUpdate(username, (now, 1), (_, seen) =>
            now - seen.Since < Window ? (seen.Since, seen.Failures + 1) : (now, 1));
    }

    public void Succeeded(string username) => _failures.TryRemove(username, out _);

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (name, seen) in _failures)
        {
            if (now - seen.Since >= Window)
                _failures.TryRemove(name, out _);
        }

        if (_failures.Count >= MostNames)
            _failures.Clear();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
