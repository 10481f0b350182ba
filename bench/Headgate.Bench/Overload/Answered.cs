namespace Headgate.Bench.Overload;

/// <summary>One request of a load.</summary>
/// <param name="SentAt">When it was sent, since the load began.</param>
/// <param name="Took">How long its answer took.</param>
/// <param name="Status">The status; 0 when no answer came.</param>
internal readonly record struct Answered(TimeSpan SentAt, TimeSpan Took, int Status)
{
    public bool IsGood => Status == 200;
}
