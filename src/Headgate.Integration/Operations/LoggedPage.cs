namespace Headgate.Integration.Operations;

/// <summary>A part of what an operation told. Immutable.</summary>
/// <param name="Entries">The entries, in order.</param>
/// <param name="Next">The offset after which to read on.</param>
/// <param name="End">The offset of the last event of the log, of whatever.</param>
/// <param name="IsAtEnd">Whether there was no more.</param>
/// <param name="HasEnded">Whether the operation has ended, and so what there is now is all.</param>
/// <param name="Recovered">False when entries after the offset that was asked for may have been deleted before anybody asked.</param>
public sealed record LoggedPage(IReadOnlyList<LoggedEntry> Entries, long Next, long End, bool IsAtEnd, bool HasEnded, bool Recovered);
