using Headgate.Integration.Sagas.Progress;
using Headgate.Integration.Sagas.State;

namespace Headgate.Integration.Sagas;

/// <summary>Says in words how a saga stands, for operators: no bodies, no header fields. Stateless.</summary>
internal static class SagaDescription
{
    /// <summary>A line for each step, and one for what the client is told.</summary>
    /// <param name="state">What is kept of the saga.</param>
    /// <param name="plan">Its definition, where it is at hand: else steps have numbers alone.</param>
    public static IReadOnlyList<string> Of(SagaState state, SagaPlan? plan)
    {
        var lines = new List<string>();
        for (int i = 0; i < state.Progress.Steps.Count; i++)
        {
            string name = plan is null ? "" : $" {plan.Steps[i].Name} ({plan.Steps[i].Call})";
            string pivot = plan?.Shape.Pivot == i ? ", the pivot" : "";
            string status = state.Answers[i].Status > 0 ? $", answered {state.Answers[i].Status}" : "";
            string undo = state.Progress.Steps[i] == StepState.Undoing && plan?.Steps[i].Undo is { } call ? $" by {call}" : "";
            lines.Add($"step {i + 1}{name}{pivot}: {Word(state.Progress.Steps[i], state.Answers[i].Status)}{undo}{status}");
        }

        if (state.Failure is { } failure)
            lines.Add($"the client is told {failure.Kind.Status} {failure.Kind.Code}: {failure.Detail}");
        return lines;
    }

    private static string Word(StepState state, int status) => state switch
    {
        StepState.Waiting => "not begun",
        StepState.Calling when status is >= 300 and < 500 => "called, and refused",
        StepState.Calling => "being called, may have happened",
        StepState.Done => "done",
        StepState.NotDone => "did not happen",
        StepState.Undoing => "done, being undone",
        StepState.Undone => "undone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state of a step."),
    };
}
