using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>Reads pages of the log: first what it takes to choose, then what was chosen, so that a page is bounded whatever lies between. Thread-safe.</summary>
internal sealed class EventReader(Store store)
{
    /// <summary>Payloads of a page together, unless one event alone is larger.</summary>
    public const int MostPageBytes = 4 * 1024 * 1024;

    // Of a log in which little is wanted so much is looked at for one page: what holds a thread of the store is short.
    private const int MostHeaders = 1000;
    private const int MostWindows = 10;

    /// <summary>Reads.</summary>
    /// <param name="after">The offset after which to read; null for the earliest that is there.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="most">The most events, 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<EventPage> ReadAsync(long? after, EventFilter filter, int most, CancellationToken cancellationToken)
    {
        EventPage page = await store.ReadAsync(session => WindowAsync(session, after, filter, most), cancellationToken).ConfigureAwait(false);
        for (int window = 1; window < MostWindows && page is { Events.Count: 0, IsAtEnd: false }; window++)
        {
            EventPage further = await store.ReadAsync(session => WindowAsync(session, page.Next, filter, most), cancellationToken).ConfigureAwait(false);
            page = further with { Recovered = page.Recovered && further.Recovered };
        }

        return page;
    }

    // Each time anew: what came next may have been deleted since the last.
    private static async ValueTask<EventPage> WindowAsync(StoreSession session, long? after, EventFilter filter, int most)
    {
        long from = after ?? 0;
        IReadOnlyList<EventHeader> headers = await EventTable.ListHeadersAsync(session, from, MostHeaders).ConfigureAwait(false);

        // Where the next offset follows, nothing was deleted between: a reader that keeps up asks no more.
        long trimmed = headers.Count > 0 && headers[0].Offset == from + 1 ? from : await EventTable.TrimmedAsync(session).ConfigureAwait(false);
        EventPage page = await PageAsync(session, headers, Math.Max(from, trimmed), filter, most).ConfigureAwait(false);
        return page with { Recovered = after is null || after >= trimmed };
    }

    private static async ValueTask<EventPage> PageAsync(StoreSession session, IReadOnlyList<EventHeader> headers, long after, EventFilter filter, int most)
    {
        (long first, long last, long next) = Choose(headers, after, filter, most);
        IReadOnlyList<StoredEvent> events = last == 0 ? [] : await EventTable.ListAsync(session, first, last, filter).ConfigureAwait(false);
        return new EventPage(events, next, IsAtEnd: headers.Count < MostHeaders && (headers.Count == 0 || next == headers[^1].Offset), Recovered: true);
    }

    // What lies between two that are wanted counts as well: it is read over.
    private static (long First, long Last, long Next) Choose(IReadOnlyList<EventHeader> headers, long after, EventFilter filter, int most)
    {
        (long first, long last, long next, long bytes, int chosen) = (0, 0, after, 0, 0);
        foreach (EventHeader header in headers)
        {
            bool isWanted = filter.Matches(header.Type, header.Tenant, header.Slot);
            bytes += isWanted || chosen > 0 ? header.Bytes : 0;
            if (chosen == most || (chosen > 0 && bytes > MostPageBytes))
                break;
            next = header.Offset;
            if (!isWanted)
                continue;
            (first, last) = (chosen == 0 ? header.Offset : first, header.Offset);
            chosen++;
        }

        return (first, last, next);
    }
}
