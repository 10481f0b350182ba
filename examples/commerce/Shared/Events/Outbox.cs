using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Shared.Events;

/// <summary>
/// Where a service writes what happened, in the transaction in which it happens; the relay takes it from there to the event log. Without
/// a log nothing is written, because nobody would ever fetch it.
/// </summary>
internal sealed class Outbox(bool isRead, TimeProvider clock)
{
    /// <summary>Adds an event that a request caused.</summary>
    public void Add(SqliteConnection connection, ServiceRequest request, string tenant, DomainEvent happened) =>
        Add(connection, tenant, happened, request.Call.CorrelationId, request.Call.RequestId);

    /// <summary>Adds an event.</summary>
    /// <param name="connection">The transaction of the change that it speaks of.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="happened">The event; its id and time are given here.</param>
    /// <param name="correlationId">What it belongs to.</param>
    /// <param name="causationId">The id of the request or event that caused it.</param>
    public void Add(SqliteConnection connection, string tenant, DomainEvent happened, string? correlationId, string? causationId)
    {
        if (!isRead)
            return;
        happened = happened with { EventId = Ids.New("evt", clock), Timestamp = Timestamps.Now(clock) };
        OutboxTable.Insert(connection, new OutboxRow
        {
            Id = happened.EventId,
            AggregateType = happened.EventType.Split('.')[0],
            AggregateId = happened.AggregateId,
            Type = happened.EventType,
            // By its own type: the members of its kind belong to it.
            Payload = JsonSerializer.Serialize(happened, happened.GetType(), Json.Options),
            TenantId = tenant,
            Time = happened.Timestamp,
            CorrelationId = correlationId,
            CausationId = causationId,
        });
    }
}
