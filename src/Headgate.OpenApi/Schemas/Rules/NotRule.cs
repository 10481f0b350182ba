namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>not</c> (JSON Schema Core 2020-12 §10.2.1.4).</summary>
internal sealed class NotRule(CompiledSchema schema) : SchemaRule
{
    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        // Its schema may look for what is unevaluated; what it marks is its own.
        if (!e.Try(schema, index, -1))
            return true;
        if (!e.IsQuiet)
            e.Note(index, "not", "must not match the schema under not");
        return false;
    }
}
