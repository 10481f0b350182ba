using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>Names of types in messages.</summary>
internal static class TypeNames
{
    private static readonly (JsonTypes Type, string Name)[] s_names =
    [
        (JsonTypes.Null, "null"),
        (JsonTypes.Boolean, "boolean"),
        (JsonTypes.Number, "number"),
        (JsonTypes.Integer, "integer"),
        (JsonTypes.String, "string"),
        (JsonTypes.Array, "array"),
        (JsonTypes.Object, "object"),
    ];

    /// <summary>The names of a set: <c>integer or string</c>.</summary>
    public static string Of(JsonTypes types)
    {
        // A number is both; as the type of a value, or beside "integer" in a schema, the wider name says all.
        if ((types & JsonTypes.Number) != 0)
            types &= ~JsonTypes.Integer;
        return types == JsonTypes.None ? "nothing" : string.Join(" or ", s_names.Where(entry => (types & entry.Type) != 0).Select(entry => entry.Name));
    }
}
