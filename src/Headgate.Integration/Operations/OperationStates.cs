using System.Diagnostics.CodeAnalysis;

namespace Headgate.Integration.Operations;

/// <summary>The names of states, on the wire and in the store. Stateless.</summary>
internal static class OperationStates
{
    private static readonly string[] s_names = ["pending", "in_progress", "succeeded", "failed", "cancelling", "cancelled"];

    /// <summary>Every name, in the order of <see cref="OperationState"/>.</summary>
    public static IReadOnlyList<string> Names => s_names;

    public static string ToName(this OperationState state) => s_names[(int)state];

    public static bool IsEnd(this OperationState state) => state is OperationState.Succeeded or OperationState.Failed or OperationState.Cancelled;

    public static bool TryParse(string text, [NotNullWhen(true)] out OperationState? state)
    {
        int at = Array.IndexOf(s_names, text);
        state = at < 0 ? null : (OperationState)at;
        return state is not null;
    }

    /// <summary>The state of a name that the store kept.</summary>
    public static OperationState Parse(string name) => TryParse(name, out OperationState? state) ? state.Value : throw new InvalidOperationException($"The store has an operation in a state '{name}'.");
}
