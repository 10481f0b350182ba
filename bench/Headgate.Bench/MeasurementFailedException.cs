namespace Headgate.Bench;

/// <summary>Something could not be started or measured; the message holds its last words, and the report says so.</summary>
internal sealed class MeasurementFailedException(string message) : Exception(message);
