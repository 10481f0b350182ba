namespace Headgate.Integration.Events.Log;

/// <summary>What became of an event that was to be appended.</summary>
/// <param name="Id">The log's id of it.</param>
/// <param name="IsDuplicate">Whether the log had it before, under this id: nothing was appended.</param>
public readonly record struct AppendedEvent(string Id, bool IsDuplicate);
