namespace Headgate.Integration.Events.Subscriptions;

/// <summary>An event that a subscription could not take. It is there until it is retried with success, dropped, or deleted from the log.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Subscription">Who could not take it.</param>
/// <param name="Offset">The event's place in the log.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Type">The event's type.</param>
/// <param name="AggregateType">The kind of what it speaks of.</param>
/// <param name="AggregateId">The id of what it speaks of.</param>
/// <param name="Tenant">The event's tenant; null for none.</param>
/// <param name="Attempts">How often it was tried; 0 for one that waits behind another of its aggregate.</param>
/// <param name="Error">Why it could not be taken.</param>
/// <param name="FailedAt">When that was.</param>
/// <param name="IsRetried">Whether it is about to be tried again.</param>
public sealed record DeadLetter(
    string Id, string Subscription, long Offset, string EventId, string Type, string AggregateType, string AggregateId, string? Tenant, int Attempts, string Error, DateTimeOffset FailedAt, bool IsRetried);
