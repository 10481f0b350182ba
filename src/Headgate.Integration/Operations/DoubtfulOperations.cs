using System.Collections.Concurrent;

namespace Headgate.Integration.Operations;

/// <summary>
/// Operations of which this process does not know whether the store has them as its own: its connection broke at the commit. Nobody is at them, and since this process lives nobody else would
/// ever be. Only as many as were begun in one term without an answer: soon after that the term is over, and none begins. Thread-safe.
/// </summary>
internal sealed class DoubtfulOperations
{
    /// <summary>How long a server may still be at a commit whose client it has lost.</summary>
    public static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (Orphan Operation, DateTimeOffset Since)> _all = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Orphan> All => [.. _all.Values.Select(doubt => doubt.Operation)];

    /// <summary>Notes operations.</summary>
    /// <param name="since">The time.</param>
    /// <param name="operations">The operations, with the name under which this process would have them.</param>
    public void Add(DateTimeOffset since, params IEnumerable<Orphan> operations)
    {
        foreach (Orphan operation in operations)
            _all[operation.Id] = (operation, since);
    }

    /// <summary>Forgets of the operations that were asked for those that were there, and are gone on with, and those that would be there by now.</summary>
    public void Settle(IEnumerable<Orphan> asked, IEnumerable<string> taken, DateTimeOffset now)
    {
        HashSet<string> known = [.. taken];
        foreach (Orphan operation in asked)
        {
            if (_all.TryGetValue(operation.Id, out (Orphan Operation, DateTimeOffset Since) doubt) && (known.Contains(operation.Id) || now - doubt.Since > LongestCommit))
                _all.TryRemove(operation.Id, out _);
        }
    }
}
