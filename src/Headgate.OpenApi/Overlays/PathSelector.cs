namespace Headgate.OpenApi.Overlays;

/// <summary>A selector of RFC 9535 §2.3: which children of a value are selected.</summary>
internal abstract record PathSelector
{
    private PathSelector()
    {
    }

    /// <summary>The member of a name.</summary>
    public sealed record Name(string Text) : PathSelector;

    /// <summary>Every child.</summary>
    public sealed record Wildcard : PathSelector;

    /// <summary>The item at an index; a negative one counts from the end.</summary>
    public sealed record Index(long At) : PathSelector;

    /// <summary>Items from a start to before an end, by a step.</summary>
    public sealed record Slice(long? Start, long? End, long Step) : PathSelector;

    /// <summary>The children for which a condition holds.</summary>
    public sealed record Filter(PathCondition Condition) : PathSelector;
}
