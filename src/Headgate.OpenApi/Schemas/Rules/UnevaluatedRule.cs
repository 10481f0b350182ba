using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>unevaluatedProperties</c> and <c>unevaluatedItems</c> (JSON Schema Core 2020-12 §11): the schema of the members and items that no other keyword took.</summary>
internal sealed class UnevaluatedRule(CompiledSchema? properties, CompiledSchema? items) : SchemaRule
{
    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        bool isObject = e.Tokens[index].Types == JsonTypes.Object;
        if ((isObject ? properties : items) is not { } schema)
            return true;
        bool holds = true;
        int end = e.View.Next(index);
        int ordinal = 0;
        for (int at = index + 1; at < end; ordinal++)
        {
            int value = isObject ? at + 1 : at;
            if (!e.Marks.Has(marks, ordinal))
            {
                if (!schema.Evaluate(ref e, value, -1))
                    holds = false;
                if (!holds && e.IsQuiet)
                    return false;
                e.Marks.Set(marks, ordinal);
            }

            at = e.View.Next(value);
        }

        return holds;
    }
}
