namespace Headgate.Integration.Events.Log;

/// <summary>As much of an event as it takes to choose.</summary>
/// <param name="Offset">Its place in the log.</param>
/// <param name="Type">Its type.</param>
/// <param name="Tenant">Its tenant; empty for none.</param>
/// <param name="Slot">The <see cref="AggregateSlot"/> of what it speaks of.</param>
/// <param name="Bytes">The size of its payload.</param>
/// <param name="AppendedAt">When it was appended.</param>
internal readonly record struct EventHeader(long Offset, string Type, string Tenant, int Slot, long Bytes, DateTimeOffset AppendedAt);
