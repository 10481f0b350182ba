namespace Headgate.Bench.Commerce;

/// <summary>What kind of answer a shopper got.</summary>
internal enum VisitOutcome
{
    /// <summary>The answer that was asked for, and it is right.</summary>
    Served,

    /// <summary>429 with a <c>Retry-After</c>: the tenant has had its share.</summary>
    Limited,

    /// <summary>What belongs to another tenant was asked for, and is not there for who asked.</summary>
    Hidden,

    /// <summary>An answer that is no answer to the question, or none at all.</summary>
    Wrong,

    /// <summary>Something of another tenant.</summary>
    Foreign,
}
