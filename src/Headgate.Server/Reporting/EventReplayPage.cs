using System.Text.Json;

namespace Headgate.Server.Reporting;

/// <summary>Events of the log with their data, as CloudEvents in JSON.</summary>
/// <param name="Events">In the order of the log.</param>
/// <param name="Next">The offset after which to read on.</param>
/// <param name="End">The offset at which the log ends now.</param>
/// <param name="IsAtEnd">Whether this page ends there.</param>
/// <param name="Recovered">False when events after the offset that was asked for had been deleted already.</param>
internal sealed record EventReplayPage(IReadOnlyList<JsonElement> Events, long Next, long End, bool IsAtEnd, bool Recovered);
