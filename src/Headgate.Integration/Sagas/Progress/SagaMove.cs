namespace Headgate.Integration.Sagas.Progress;

/// <summary>What a saga does next. A value.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">With which step; without meaning for <see cref="SagaMoveKind.None"/>.</param>
internal readonly record struct SagaMove(SagaMoveKind Kind, int Step);
