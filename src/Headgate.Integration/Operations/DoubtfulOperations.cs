using System.Collections.Concurrent;

namespace Headgate.Integration.Operations;

/// <summary>
/// Operations of which this process does not know whether the store has them as its own: its connection broke at the commit. Nobody is at them, and since this process lives nobody else would
/// ever be. Only as many as were begun in one term without an answer: soon after that the term is over, and none begins. Thread-safe.
/// </summary>
internal sealed class DoubtfulOperations
{
    private readonly ConcurrentDictionary<string, Orphan> _all = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Orphan> All => [.. _all.Values];

    /// <summary>Notes operations.</summary>
    /// <param name="operations">The operations, with the name under which this process would have them.</param>
    public void Add(params IEnumerable<Orphan> operations)
    {
        foreach (Orphan operation in operations)
            _all[operation.Id] = operation;
    }

    /// <summary>Forgets operations of which it is known by now.</summary>
    public void Remove(IEnumerable<Orphan> operations)
    {
        foreach (Orphan operation in operations)
            _all.TryRemove(operation.Id, out _);
    }
}
