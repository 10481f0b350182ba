using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>What an event speaks of.</summary>
internal readonly record struct AggregateKey(string Tenant, string Type, string Id)
{
    public static AggregateKey Of(StoredEvent stored) => new(stored.Event.Tenant ?? "", stored.Event.AggregateType, stored.Event.AggregateId);
}
