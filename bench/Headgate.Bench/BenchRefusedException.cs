namespace Headgate.Bench;

/// <summary>The benchmark cannot start; the message says what to do.</summary>
internal sealed class BenchRefusedException(string message) : Exception(message);
