namespace Commerce.Tests.Sagas.Crashes;

/// <summary>One crash.</summary>
/// <param name="Victim">What is killed.</param>
/// <param name="Point">Where.</param>
/// <param name="Count">At the how manieth time that a checkout comes there.</param>
/// <param name="Refusing">Whether the cards of two customers of three are refused, one at first and one at last, so that most checkouts are being undone.</param>
internal sealed record Crash(Victim Victim, CrashPoint Point, int Count, bool Refusing)
{
    public override string ToString() => $"{Victim} at {Point} {Count}, {(Refusing ? "most refused" : "all paid")}";
}
