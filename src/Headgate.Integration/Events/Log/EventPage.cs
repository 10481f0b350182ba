namespace Headgate.Integration.Events.Log;

/// <summary>What a reader got of the log. Immutable.</summary>
/// <param name="Events">The events that it wants, in order.</param>
/// <param name="Next">The offset after which to read on: everything up to it was looked at.</param>
/// <param name="IsAtEnd">Whether that was the end of the log.</param>
/// <param name="Recovered">False when events after the offset that was asked for had been deleted before anybody asked: the reader has missed some.</param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Events, long Next, bool IsAtEnd, bool Recovered);
