using Headgate.Storage;

namespace Headgate.Integration.Operations;

/// <summary>
/// Lists operations, the latest first. What the store has no index for is looked for among so many at once, and a page ends there: whoever asks for what is rare gets it in more pages, and holds
/// nobody else up. Thread-safe.
/// </summary>
internal sealed class OperationLister(Store store)
{
    // Of so many the store hands over what it takes to choose; a page may look at a few times that.
    private const int MostLookedAt = 500;
    private const int MostWindows = 4;

    private const string Select = $"SELECT {OperationTable.ListColumns} FROM headgate_operations WHERE id < $1";
    private const string Order = " ORDER BY id DESC LIMIT $2";

    /// <summary>Lists.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="cursor">The next of the page before; null for the first.</param>
    /// <param name="most">The most of the page, 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OperationPage> ListAsync(OperationFilter filter, string? cursor, int most, CancellationToken cancellationToken)
    {
        var chosen = new List<OperationRecord>();
        string before = cursor ?? OperationId.AfterAll;
        for (int window = 0; window < MostWindows; window++)
        {
            string from = before;
            IReadOnlyList<OperationRecord> found = await store.ReadAsync(session => WindowAsync(session, filter, from), cancellationToken).ConfigureAwait(false);
            foreach (OperationRecord record in found)
            {
                if (chosen.Count == most)
                    return new OperationPage(chosen, before);
                before = record.Id;
                if (filter.Matches(record))
                    chosen.Add(record);
            }

            if (found.Count < MostLookedAt)
                return new OperationPage(chosen, null);
        }

        return new OperationPage(chosen, before);
    }

    // By the index that leaves least to look at.
    private static ValueTask<IReadOnlyList<OperationRecord>> WindowAsync(StoreSession session, OperationFilter filter, string before) => filter switch
    {
        { Owner: { } owner } => session.ListAsync($"{Select} AND owner = $3{Order}", OperationTable.Read, before, MostLookedAt, owner),
        { NeedsAttention: true } => session.ListAsync($"{Select} AND attention IS NOT NULL{Order}", OperationTable.Read, before, MostLookedAt),
        { States: [_, ..] states } when !states.Any(OperationStates.IsEnd) => session.ListAsync($"{Select} AND ended IS NULL{Order}", OperationTable.Read, before, MostLookedAt),
        { Tenant: { Length: > 0 } tenant } => session.ListAsync($"{Select} AND tenant = $3 AND tenant <> ''{Order}", OperationTable.Read, before, MostLookedAt, tenant),
        _ => session.ListAsync(Select + Order, OperationTable.Read, before, MostLookedAt),
    };
}
