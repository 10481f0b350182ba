namespace Commerce.Shared.Events;

/// <summary>What a reader got of the log.</summary>
/// <param name="Events">In the order of the log.</param>
/// <param name="Next">The offset after which to read on.</param>
/// <param name="Recovered">False when events that were asked for had been deleted before.</param>
internal sealed record EventLogPage(IReadOnlyList<CloudEvent> Events, long Next, bool Recovered);
