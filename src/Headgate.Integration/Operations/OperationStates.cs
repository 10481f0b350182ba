namespace Headgate.Integration.Operations;

/// <summary>The names of states, on the wire and in the store. Stateless.</summary>
public static class OperationStates
{
    private static readonly string[] s_names = ["pending", "in_progress", "succeeded", "failed", "cancelling", "cancelled"];

    /// <summary>The name of a state.</summary>
    public static string ToName(this OperationState state) => s_names[(int)state];

    /// <summary>Whether nothing comes after it.</summary>
    public static bool IsEnd(this OperationState state) => state is OperationState.Succeeded or OperationState.Failed or OperationState.Cancelled;

    /// <summary>The state of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static OperationState Parse(string name) => Array.IndexOf(s_names, name) is >= 0 and int at ? (OperationState)at : throw new ArgumentException($"There is no state '{name}'.", nameof(name));
}
