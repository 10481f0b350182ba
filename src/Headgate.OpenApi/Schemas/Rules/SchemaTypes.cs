using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>The types of values that a schema can allow, as far as that can be seen without a value.</summary>
internal static class SchemaTypes
{
    private const int MostSteps = 16;

    public static JsonTypes Of(CompiledSchema schema) => Of(schema, MostSteps);

    // Schemas may lead back to themselves; what is not known by then is taken as anything.
    private static JsonTypes Of(CompiledSchema schema, int steps)
    {
        if (schema.Refusal is not null)
            return JsonTypes.None;
        JsonTypes types = schema.Types;
        if (steps == 0)
            return types;
        foreach (SchemaRule rule in schema.Common)
        {
            types &= rule switch
            {
                SameValueRule same => Of(same.Schema, steps - 1),
                AlternativesRule any => any.Schemas.Aggregate(JsonTypes.None, (sum, one) => sum | Of(one, steps - 1)),
                DiscriminatorRule chosen => chosen.Schemas.Aggregate(JsonTypes.None, (sum, one) => sum | Of(one, steps - 1)),
                EqualityRule equality => equality.Types,
                _ => JsonTypes.Any,
            };
        }

        return types;
    }
}
