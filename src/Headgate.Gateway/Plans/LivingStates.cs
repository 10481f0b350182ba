using System.Collections.Concurrent;

namespace Headgate.Gateway.Plans;

/// <summary>
/// State that lives longer than a plan: counts of limits, turns of backends. A plan that says the same as the one before it gets the same object, so that a reload
/// forgets nothing. Thread-safe.
/// </summary>
public sealed class LivingStates
{
    private readonly ConcurrentDictionary<object, object> _states = new();

    /// <summary>The state under a key, made when there is none yet.</summary>
    /// <param name="key">What the document says that the state depends on; compared by value, and of a type that only its feature uses.</param>
    /// <param name="make">Makes it.</param>
    internal TState Get<TState>(object key, Func<TState> make)
        where TState : class =>
        (TState)_states.GetOrAdd(key, static (_, make) => make(), make);

    /// <summary>All states of a kind.</summary>
    internal IEnumerable<TState> Of<TState>() => _states.Values.OfType<TState>();

    /// <summary>Forgets what the plan in force does not use.</summary>
    internal void Keep(IReadOnlySet<object> used)
    {
        foreach ((object key, object state) in _states)
        {
            if (!used.Contains(state) && _states.TryRemove(key, out _) && state is IDisposable disposable)
                disposable.Dispose();
        }
    }
}
