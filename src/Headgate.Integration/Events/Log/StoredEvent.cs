namespace Headgate.Integration.Events.Log;

/// <summary>An event as the log has it. Immutable.</summary>
/// <param name="Offset">Its place in the log: a later event has a higher one.</param>
/// <param name="Id">The log's own id of it, a UUIDv7: the same wherever the event goes.</param>
/// <param name="AppendedAt">When it was appended.</param>
/// <param name="Event">What its producer told; <see cref="NewEvent.ProducerId"/> and <see cref="NewEvent.Time"/> are never null here.</param>
public sealed record StoredEvent(long Offset, string Id, DateTimeOffset AppendedAt, NewEvent Event);
