using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>
/// A schema in the form in which it is applied: the types that it allows, rules for each type, and the schemas that apply to the same value. Filled by the
/// compiler (schemas may lead back to themselves) and never changed afterwards.
/// </summary>
internal sealed class CompiledSchema
{
    public JsonTypes Types { get; set; } = JsonTypes.Any;

    /// <summary>Set where nothing is valid, with the keyword and the sentence that say why.</summary>
    public (string Keyword, string Detail)? Refusal { get; set; }

    public SchemaRule? Strings { get; set; }

    public SchemaRule? Numbers { get; set; }

    public SchemaRule? Arrays { get; set; }

    public SchemaRule? Objects { get; set; }

    /// <summary>Rules for values of every type: <c>const</c>, <c>enum</c>, and schemas applied to the same value.</summary>
    public SchemaRule[] Common { get; set; } = [];

    /// <summary><c>unevaluatedProperties</c> and <c>unevaluatedItems</c>: applied last, to what nothing else has looked at.</summary>
    public UnevaluatedRule? Unevaluated { get; set; }

    /// <summary>The resource to which the schema belongs, where entering it matters to a <c>$dynamicRef</c>; else null.</summary>
    public object? Resource { get; set; }

    /// <summary>Whether the type of a value is all that counts: most members of most objects. Set when the schema is filled.</summary>
    public bool IsTypeAlone { get; set; }

    /// <summary>Whether every value is valid.</summary>
    public bool IsEverything => IsTypeAlone && Types == JsonTypes.Any;

    /// <summary>Whether the schema says of strings that they are bytes and no text, where the notation allows that.</summary>
    public bool IsBinary { get; set; }

    /// <summary>Whether the value at <paramref name="index"/> is valid.</summary>
    /// <param name="e">The run.</param>
    /// <param name="index">The value's token.</param>
    /// <param name="marks">Where members and items that were looked at are marked; -1 where nobody asks.</param>
    public bool Evaluate(ref Evaluation e, int index, int marks)
    {
        if (IsTypeAlone && (e.Tokens[index].Types & Types) != 0)
            return true;
        if (!e.Enter())
            return false;
        bool holds = Resource is null ? Apply(ref e, index, marks) : ApplyInScope(ref e, index, marks, Resource);
        e.Leave();
        return holds;
    }

    private bool ApplyInScope(ref Evaluation e, int index, int marks, object resource)
    {
        e.Scope.Enter(resource);
        bool holds = Apply(ref e, index, marks);
        e.Scope.Leave();
        return holds;
    }

    private bool Apply(ref Evaluation e, int index, int marks)
    {
        ref readonly InstanceToken token = ref e.Tokens[index];
        if ((token.Types & Types) == 0 && !IsInteger(e, token))
            return RefuseType(ref e, index);
        if (Refusal is { } refusal)
            return Refuse(ref e, index, refusal.Keyword, refusal.Detail);
        if (Unevaluated is { } rest && (token.Types & (JsonTypes.Array | JsonTypes.Object)) != 0)
            return ApplyWithRest(ref e, index, marks, rest);
        return ApplyRules(ref e, index, marks, token.Types);
    }

    private bool ApplyRules(ref Evaluation e, int index, int marks, JsonTypes types)
    {
        SchemaRule? own = (types & ~JsonTypes.Integer) switch
        {
            JsonTypes.String => Strings,
            JsonTypes.Number => Numbers,
            JsonTypes.Array => Arrays,
            JsonTypes.Object => Objects,
            _ => null,
        };
        bool holds = own is null || own.Evaluate(ref e, index, marks);
        SchemaRule[] common = Common;
        for (int i = 0; i < common.Length && (holds || !e.IsQuiet); i++)
            holds &= common[i].Evaluate(ref e, index, marks);
        return holds;
    }

    private bool ApplyWithRest(ref Evaluation e, int index, int marks, UnevaluatedRule rest)
    {
        ref readonly InstanceToken token = ref e.Tokens[index];
        int own = e.Marks.Take(token.Length);
        bool holds = ApplyRules(ref e, index, own, token.Types);
        if (holds || !e.IsQuiet)
            holds &= rest.Evaluate(ref e, index, own);
        if (holds && marks >= 0)
            e.Marks.Merge(own, marks, token.Length);
        e.Marks.Release(own);
        return holds;
    }

    // JSON Schema Validation 2020-12 §6.1.1: "integer" is any number with a zero fractional part.
    private bool IsInteger(in Evaluation e, in InstanceToken token) =>
        (Types & JsonTypes.Integer) != 0 && (token.Types & JsonTypes.Number) != 0 && new DecimalText(e.View.Text(token)).IsInteger;

    private bool RefuseType(ref Evaluation e, int index)
    {
        if (!e.IsQuiet)
            e.Note(index, "type", $"must be {TypeNames.Of(Types)}, is {TypeNames.Of(e.Tokens[index].Types)}");
        return false;
    }

    private static bool Refuse(ref Evaluation e, int index, string keyword, string detail)
    {
        if (!e.IsQuiet)
            e.Note(index, keyword, detail);
        return false;
    }
}
