namespace Headgate.OpenApi.Overlays;

/// <summary>A logical expression of a filter (RFC 9535 §2.3.5).</summary>
internal abstract record PathCondition
{
    private PathCondition()
    {
    }

    public sealed record Or(PathCondition Left, PathCondition Right) : PathCondition;

    public sealed record And(PathCondition Left, PathCondition Right) : PathCondition;

    public sealed record Not(PathCondition Inner) : PathCondition;

    /// <summary>Whether a query selects anything.</summary>
    public sealed record Exists(PathQuery Query) : PathCondition;

    /// <summary>A comparison; the operator is one of <c>== != &lt; &lt;= &gt; &gt;=</c>.</summary>
    public sealed record Comparison(string Operator, PathOperand Left, PathOperand Right) : PathCondition;
}
