using System.Text;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Patterns;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>The keywords of objects (JSON Schema Validation 2020-12 §6.5, Core §10.2.2.4, §10.3.2).</summary>
internal sealed class ObjectRule : SchemaRule
{
    private const int MostInWord = 64;

    private readonly ObjectSlot[] _slots;
    private readonly NameTable _names;
    private readonly int[] _required;
    private readonly ulong _requiredWord;
    private readonly int[] _dependents;

    public ObjectRule(ObjectSlot[] slots, int[] required)
    {
        _slots = slots;
        _required = required;
        _names = new NameTable([.. slots.Select(slot => Encoding.UTF8.GetBytes(slot.Name))]);
        foreach (int slot in required)
            _requiredWord |= slot < MostInWord ? 1UL << slot : 0;
        _dependents = [.. Enumerable.Range(0, slots.Length).Where(slot => slots[slot].DependentSchema is not null || slots[slot].DependentRequired.Length > 0)];
    }

    public int MinProperties { get; init; }

    public int MaxProperties { get; init; } = int.MaxValue;

    public (SchemaPattern Pattern, CompiledSchema Schema)[] PatternProperties { get; init; } = [];

    public CompiledSchema? AdditionalProperties { get; init; }

    public CompiledSchema? PropertyNames { get; init; }

    /// <summary>The names that <c>properties</c> lists, with their schemas.</summary>
    public IEnumerable<KeyValuePair<string, CompiledSchema>> Properties =>
        _slots.Where(slot => slot.Schema is not null).Select(slot => KeyValuePair.Create(slot.Name, slot.Schema!));

    /// <summary>The schemas of members that <c>properties</c> does not list.</summary>
    public IEnumerable<CompiledSchema> Others =>
        [.. PatternProperties.Select(pair => pair.Schema), .. AdditionalProperties is { Refusal: null, IsEverything: false } additional ? [additional] : Array.Empty<CompiledSchema>()];

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        bool holds = HasAllowedCount(ref e, index);
        if (!holds && e.IsQuiet)
            return false;

        // Which names are there: in a word where there are few names, else in a set on the stack of marks.
        bool isMany = _slots.Length > MostInWord;
        int seen = isMany ? e.Marks.Take(_slots.Length) : -1;
        holds &= EvaluateMembers(ref e, index, marks, seen, out ulong word);
        if (holds || !e.IsQuiet)
            holds &= isMany ? HasRequired(ref e, index, seen) : (word & _requiredWord) == _requiredWord || NoteRequired(ref e, index, seen, word);
        for (int i = 0; i < _dependents.Length && (holds || !e.IsQuiet); i++)
        {
            if (IsSeen(e, seen, word, _dependents[i]))
                holds &= EvaluateDependent(ref e, index, marks, seen, word, _slots[_dependents[i]]);
        }

        if (isMany)
            e.Marks.Release(seen);
        return holds;
    }

    private bool EvaluateMembers(ref Evaluation e, int index, int marks, int seen, out ulong word)
    {
        word = 0;
        bool holds = true;
        int ordinal = 0;
        int end = e.Tokens[index].EndOrHash;
        for (int at = index + 1; at < end; at = e.Tokens[at + 1].EndOrHash, ordinal++)
        {
            ref readonly InstanceToken name = ref e.Tokens[at];
            int slot = _names.Find(e.View.Text(name), name.EndOrHash);
            CompiledSchema? schema = null;
            if (slot >= 0)
            {
                schema = _slots[slot].Schema;
                if (seen >= 0)
                    e.Marks.Set(seen, slot);
                else
                    word |= 1UL << slot;
            }

            if (schema is not null && marks < 0 && PatternProperties.Length == 0 && PropertyNames is null)
                holds &= schema.Evaluate(ref e, at + 1, -1);
            else
                holds &= EvaluateMember(ref e, at, schema, marks, ordinal);
            if (!holds && e.IsQuiet)
                return false;
        }

        return holds;
    }

    private bool EvaluateMember(ref Evaluation e, int name, CompiledSchema? schema, int marks, int ordinal)
    {
        bool isTaken = schema is not null;
        bool holds = schema is null || schema.Evaluate(ref e, name + 1, -1);
        foreach ((SchemaPattern pattern, CompiledSchema patterned) in PatternProperties)
        {
            if (!e.Matches(pattern, name))
                continue;
            isTaken = true;
            holds &= patterned.Evaluate(ref e, name + 1, -1);
        }

        if (!isTaken && AdditionalProperties is { } additional)
        {
            isTaken = true;
            holds &= additional.Evaluate(ref e, name + 1, -1);
        }

        if (PropertyNames is { } names)
            holds &= names.Evaluate(ref e, name, -1);
        if (isTaken && marks >= 0)
            e.Marks.Set(marks, ordinal);
        return holds;
    }

    private bool EvaluateDependent(ref Evaluation e, int index, int marks, int seen, ulong word, ObjectSlot slot)
    {
        bool holds = true;
        foreach (int needed in slot.DependentRequired)
        {
            if (IsSeen(e, seen, word, needed))
                continue;
            holds = false;
            if (e.IsQuiet)
                return false;
            e.NoteMissing(index, "dependentRequired", _slots[needed].Name, $"is required beside {slot.Name}");
        }

        return holds & (slot.DependentSchema is not { } schema || schema.Evaluate(ref e, index, marks));
    }

    private bool HasRequired(ref Evaluation e, int index, int seen)
    {
        foreach (int slot in _required)
        {
            if (!e.Marks.Has(seen, slot))
                return NoteRequired(ref e, index, seen, 0);
        }

        return true;
    }

    private bool NoteRequired(ref Evaluation e, int index, int seen, ulong word)
    {
        foreach (int slot in _required)
        {
            if (!e.IsQuiet && !IsSeen(e, seen, word, slot))
                e.NoteMissing(index, "required", _slots[slot].Name, "is required");
        }

        return false;
    }

    private static bool IsSeen(in Evaluation e, int seen, ulong word, int slot) => seen >= 0 ? e.Marks.Has(seen, slot) : (word & (1UL << slot)) != 0;

    private bool HasAllowedCount(ref Evaluation e, int index)
    {
        int count = e.Tokens[index].Length;
        if (count >= MinProperties && count <= MaxProperties)
            return true;
        if (e.IsQuiet)
            return false;
        if (count < MinProperties)
            e.Note(index, "minProperties", $"must have at least {MinProperties} member{(MinProperties == 1 ? "" : "s")}, has {count}");
        else
            e.Note(index, "maxProperties", $"must have at most {MaxProperties} member{(MaxProperties == 1 ? "" : "s")}, has {count}");
        return false;
    }
}
