namespace Headgate.Integration.Operations;

/// <summary>What an operation told once. Immutable.</summary>
/// <param name="Offset">Its place in the event log.</param>
/// <param name="Type">What happened: <c>operation.progress_updated</c>.</param>
/// <param name="Time">When, in RFC 3339.</param>
/// <param name="Data">How the operation stood, as a JSON object.</param>
public sealed record LoggedEntry(long Offset, string Type, string Time, byte[] Data);
