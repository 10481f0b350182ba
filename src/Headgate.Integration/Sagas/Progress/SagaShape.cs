namespace Headgate.Integration.Sagas.Progress;

/// <summary>What of a saga's definition decides where it goes. Immutable.</summary>
/// <param name="CanUndo">For each step, whether there is a call that undoes it.</param>
/// <param name="Pivot">The step after which nothing is undone; the number of steps where there is none.</param>
internal sealed record SagaShape(bool[] CanUndo, int Pivot)
{
    /// <summary>How many steps there are.</summary>
    public int Count => CanUndo.Length;
}
