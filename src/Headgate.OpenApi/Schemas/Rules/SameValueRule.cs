namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>Another schema for the same value: <c>$ref</c>, and each member of <c>allOf</c> (JSON Schema Core 2020-12 §8.2.3.1, §10.2.1.1).</summary>
internal sealed class SameValueRule(CompiledSchema schema) : SchemaRule
{
    public CompiledSchema Schema => schema;

    public override bool Evaluate(ref Evaluation e, int index, int marks) => schema.Evaluate(ref e, index, marks);
}
