using System.Globalization;
using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>Puts events into the log's tables. Immutable, thread-safe.</summary>
internal sealed class EventInserts
{
    // The places of values in a row. All others are text.
    private const int Payload = 4;
    private const int Tenant = 5;
    private const int Source = 6;
    private const int ProducerId = 7;
    private const int AppendedAt = 15;
    private const int Slot = 16;
    private const int ValueCount = 17;

    private const string Into = $"INSERT INTO headgate_events ({EventTable.Columns})";
    private const string OnlyNew = "ON CONFLICT (tenant, source, producerid) DO NOTHING";

    private static readonly string s_row = $"{Into} VALUES ({List(value => $"${value + 1}")}) {OnlyNew}";
    private static readonly string s_arrivingRow = Arriving(s_row);

    // Rows as columns: one statement and one plan for any number of them, and as many values as there are columns.
    private static readonly string s_arrivingRows = Arriving($"{Into} SELECT * FROM unnest({List(value => $"${value + 1}::{TypeOf(value)}[]")}) {OnlyNew}");

    private readonly bool _isServer;

    /// <param name="engine">The engine of the store.</param>
    public EventInserts(StoreEngine engine) => _isServer = engine == StoreEngine.PostgreSql;

    private string OneRow => _isServer ? s_arrivingRow : s_row;

    /// <summary>Inserts events that the log does not have yet.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="events">The events, in order.</param>
    /// <param name="ids">The ids that they get.</param>
    /// <param name="now">When.</param>
    /// <returns>The id under which the log has each of them now: another for one that it had before.</returns>
    public async ValueTask<IReadOnlyList<string>> InsertAsync(StoreSession session, IReadOnlyList<NewEvent> events, IReadOnlyList<string> ids, DateTimeOffset now)
    {
        // Each statement to a server is a wait for it. SQLite is in this process: many rows at once save nothing.
        if (_isServer && events.Count > 1)
            return await InsertTogetherAsync(session, events, ids, now).ConfigureAwait(false);
        string[] known = new string[events.Count];
        for (int i = 0; i < known.Length; i++)
        {
            object?[] row = Row(events[i], ids[i], now);
            known[i] = await session.ExecuteAsync(OneRow, row).ConfigureAwait(false) == 1
                ? ids[i]
                : (await EventTable.FindIdAsync(session, row[Tenant], row[Source], row[ProducerId]).ConfigureAwait(false))!;
        }

        return known;
    }

    /// <summary>The statement that inserts one event, unless the log has it.</summary>
    public StoreStatement StatementOf(NewEvent candidate, string id, DateTimeOffset now) => new(OneRow, Row(candidate, id, now));

    private static async ValueTask<IReadOnlyList<string>> InsertTogetherAsync(StoreSession session, IReadOnlyList<NewEvent> events, IReadOnlyList<string> ids, DateTimeOffset now)
    {
        object?[][] rows = [.. events.Select((candidate, i) => Row(candidate, ids[i], now))];
        object[] columns = [.. Enumerable.Range(0, ValueCount).Select(value => Column(rows, value))];

        // Of several rows the database tells only how many it inserted.
        return await session.ExecuteAsync(s_arrivingRows, columns).ConfigureAwait(false) == rows.Length
            ? ids
            : await EventTable.ListIdsAsync(session, columns[Tenant], columns[Source], columns[ProducerId]).ConfigureAwait(false);
    }

    private static object?[] Row(NewEvent candidate, string id, DateTimeOffset now) =>
    [
        id,
        candidate.AggregateType,
        candidate.AggregateId,
        candidate.Type,
        candidate.Payload,
        candidate.Tenant ?? "",
        candidate.Source,
        candidate.ProducerId ?? id,
        candidate.Time ?? now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        candidate.CorrelationId,
        candidate.CausationId,
        candidate.DataSchema,
        candidate.DataContentType,
        candidate.Subject,
        candidate.Extensions,
        now.ToUnixTimeMilliseconds(),
        (long)AggregateSlot.Of(candidate.Tenant, candidate.AggregateType, candidate.AggregateId),
    ];

    private static object Column(object?[][] rows, int value) => value switch
    {
        Payload => Array.ConvertAll(rows, row => (byte[])row[value]!),
        AppendedAt or Slot => Array.ConvertAll(rows, row => (long)row[value]!),
        _ => Array.ConvertAll(rows, row => (string?)row[value]),
    };

    private static string TypeOf(int value) => value switch
    {
        Payload => "bytea",
        AppendedAt or Slot => "bigint",
        _ => "text",
    };

    private static string List(Func<int, string> value) => string.Join(", ", Enumerable.Range(0, ValueCount).Select(value));

    // What has arrived waits for its offset.
    private static string Arriving(string insert) =>
        $"WITH arrived AS ({insert} RETURNING arrival) INSERT INTO headgate_event_arrivals (arrival) SELECT arrival FROM arrived";
}
