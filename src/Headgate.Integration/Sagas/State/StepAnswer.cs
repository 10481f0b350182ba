namespace Headgate.Integration.Sagas.State;

/// <summary>What is kept of a step's answer. Immutable.</summary>
/// <param name="Status">The status of the call's last answer, 0 while there is none.</param>
/// <param name="Body">The body where something reads it, else empty.</param>
internal readonly record struct StepAnswer(int Status, ReadOnlyMemory<byte> Body);
