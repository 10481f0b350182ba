using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Headgate.Server.Hosting;

/// <summary>
/// Changes the levels of the program's log while it runs, each for a time, so that debugging does not stay on. The framework's own filters are made anew when something changes: a log call
/// costs what it did before. Thread-safe, bounded.
/// </summary>
internal sealed class LogLevelSwitch : IOptionsChangeTokenSource<LoggerFilterOptions>, IConfigureOptions<LoggerFilterOptions>, IDisposable
{
    /// <summary>The category that stands for all that have no level of their own.</summary>
    public const string Everything = "Default";

    /// <summary>The most categories that have levels of their own.</summary>
    public const int MostCategories = 32;

    /// <summary>For how long a level holds when nobody says.</summary>
    public static readonly TimeSpan UsualTime = TimeSpan.FromMinutes(15);

    /// <summary>For how long a level may hold.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(24);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LogLevelOverride> _overrides = new(StringComparer.Ordinal);
    private readonly ITimer _expiry;
    private CancellationTokenSource _changed = new();

    public LogLevelSwitch(TimeProvider time)
    {
        _time = time;
        _expiry = time.CreateTimer(_ => Change(() => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The options that it changes: those without a name.</summary>
    public string Name => Options.DefaultName;

    /// <summary>The levels that hold for a while, by category.</summary>
    public IReadOnlyList<LogLevelOverride> Read()
    {
        lock (_lock)
            return [.. _overrides.Values.Where(IsInForce).OrderBy(one => one.Category, StringComparer.Ordinal)];
    }

    /// <summary>Gives a category a level for a while, in place of one that it has.</summary>
    /// <returns>Until when; null when too many categories have levels of their own.</returns>
    public LogLevelOverride? Set(string category, LogLevel level, TimeSpan time)
    {
        LogLevelOverride? made = null;
        Change(() =>
        {
            if (_overrides.ContainsKey(category) || _overrides.Count < MostCategories)
                _overrides[category] = made = new LogLevelOverride(category, level, _time.GetUtcNow() + time);
        });
        return made;
    }

    /// <summary>Gives a category back the level that the settings say.</summary>
    /// <returns>Whether it had another.</returns>
    public bool Reset(string category)
    {
        bool had = false;
        Change(() => had = _overrides.Remove(category));
        return had;
    }

    public IChangeToken GetChangeToken()
    {
        lock (_lock)
            return new CancellationChangeToken(_changed.Token);
    }

    public void Configure(LoggerFilterOptions options)
    {
        foreach (LogLevelOverride one in Read())
            options.Rules.Add(new LoggerFilterRule(null, one.Category == Everything ? null : one.Category, one.Level, null));
    }

    public void Dispose() => _expiry.Dispose();

    private bool IsInForce(LogLevelOverride one) => one.Until > _time.GetUtcNow();

    private void Change(Action change)
    {
        CancellationTokenSource before;
        lock (_lock)
        {
            foreach (LogLevelOverride over in _overrides.Values.Where(one => !IsInForce(one)).ToArray())
                _overrides.Remove(over.Category);
            change();
            TimeSpan left = _overrides.Count == 0 ? TimeSpan.Zero : _overrides.Values.Min(one => one.Until) - _time.GetUtcNow();
            _expiry.Change(_overrides.Count == 0 ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            (before, _changed) = (_changed, new CancellationTokenSource());
        }

        // Outside the lock: the filters are made anew by whoever listens, and that reads.
        before.Cancel();
        before.Dispose();
    }
}
