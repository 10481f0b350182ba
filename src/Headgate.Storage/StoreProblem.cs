namespace Headgate.Storage;

/// <summary>What is wrong with a store, for people. Holds no values of statements and no passwords.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Which store, without its password.</param>
/// <param name="Reason">Why, as the end of a sentence that begins with the store.</param>
/// <param name="Fix">What to do, a sentence.</param>
public sealed record StoreProblem(StoreErrorKind Kind, string Place, string Reason, string Fix)
{
    /// <summary>Whether the store as a whole is concerned, and not one command alone.</summary>
    internal bool ConcernsTheStore => Kind is not (StoreErrorKind.Overloaded or StoreErrorKind.TimedOut or StoreErrorKind.Contended or StoreErrorKind.Constraint or StoreErrorKind.Statement);

    /// <summary>One line.</summary>
    public override string ToString() => $"The store {Place} {Reason}. {Fix}";
}
