using Headgate.Integration.Events.Log;

namespace Headgate.Server.Reporting;

/// <summary>An event of the log in a list, without its data.</summary>
internal sealed record EventReport(long Offset, string Id, string Type, string Source, string ProducerId, string? Tenant, string AggregateType, string AggregateId, DateTimeOffset AppendedAt, int Bytes)
{
    public static EventReport Of(StoredEvent stored) => new(
        stored.Offset, stored.Id, stored.Event.Type, stored.Event.Source, stored.Event.ProducerId!, stored.Event.Tenant, stored.Event.AggregateType, stored.Event.AggregateId, stored.AppendedAt, stored.Event.Payload.Length);
}
