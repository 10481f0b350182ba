namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>What keywords ask of a value. Immutable once compiled.</summary>
internal abstract class SchemaRule
{
    /// <summary>
    /// Whether the value at <paramref name="index"/> keeps the rule. When it does not: a quiet run gets the answer at once, the other kind has every failure noted.
    /// </summary>
    public abstract bool Evaluate(ref Evaluation e, int index, int marks);
}
