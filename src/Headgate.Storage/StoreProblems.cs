namespace Headgate.Storage;

/// <summary>What both engines say in the same words.</summary>
internal static class StoreProblems
{
    public static StoreProblem Overloaded(StoreLocation location, StoreOptions options) =>
        new(StoreErrorKind.Overloaded, location.ToString(), $"is asked for more than it can do: {options.MaxWaiting} commands are waiting already", "Repeat it later; if this lasts, see whether its disk or server is slow.");

    public static StoreProblem WaitedTooLong(StoreLocation location, StoreOptions options) =>
        new(StoreErrorKind.TimedOut, location.ToString(), $"did not come to the command within {options.WaitTimeout.TotalSeconds:0.###} s", "Nothing of it happened. Repeat it later; if this lasts, see whether the store's disk or server is slow.");

    public static StoreProblem Unwatched(StoreLocation location) =>
        new(StoreErrorKind.Failing, location.ToString(), "may or may not be usable: looking after it met a fault inside the program", "The log has the fault. If this lasts, start the program anew, and report it.");
}
