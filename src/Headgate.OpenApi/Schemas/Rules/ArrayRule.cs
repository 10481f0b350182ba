using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>The keywords of arrays (JSON Schema Validation 2020-12 §6.4, Core §10.3.1).</summary>
internal sealed class ArrayRule : SchemaRule
{
    public int MinItems { get; init; }

    public int MaxItems { get; init; } = int.MaxValue;

    public bool UniqueItems { get; init; }

    public CompiledSchema[] PrefixItems { get; init; } = [];

    public CompiledSchema? Items { get; init; }

    public CompiledSchema? Contains { get; init; }

    public int MinContains { get; init; } = 1;

    public int MaxContains { get; init; } = int.MaxValue;

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        bool holds = HasAllowedLength(ref e, index);
        if (holds || !e.IsQuiet)
            holds &= EvaluateItems(ref e, index, marks);
        if (Contains is { } contained && (holds || !e.IsQuiet))
            holds &= EvaluateContains(ref e, index, marks, contained);
        if (UniqueItems && (holds || !e.IsQuiet))
            holds &= AreUnique(ref e, index);
        return holds;
    }

    private bool HasAllowedLength(ref Evaluation e, int index)
    {
        int length = e.Tokens[index].Length;
        if (length >= MinItems && length <= MaxItems)
            return true;
        if (e.IsQuiet)
            return false;
        if (length < MinItems)
            e.Note(index, "minItems", $"must have at least {MinItems} item{(MinItems == 1 ? "" : "s")}, has {length}");
        else
            e.Note(index, "maxItems", $"must have at most {MaxItems} item{(MaxItems == 1 ? "" : "s")}, has {length}");
        return false;
    }

    private bool EvaluateItems(ref Evaluation e, int index, int marks)
    {
        if (Items is null && PrefixItems.Length == 0)
            return true;
        bool holds = true;
        int end = e.View.Next(index);
        int ordinal = 0;
        for (int item = index + 1; item < end; item = e.View.Next(item), ordinal++)
        {
            if ((ordinal < PrefixItems.Length ? PrefixItems[ordinal] : Items) is not { } schema)
                break;
            if (!schema.Evaluate(ref e, item, -1))
            {
                holds = false;
                if (e.IsQuiet)
                    return false;
            }

            if (marks >= 0)
                e.Marks.Set(marks, ordinal);
        }

        return holds;
    }

    private bool EvaluateContains(ref Evaluation e, int index, int marks, CompiledSchema contained)
    {
        int found = 0;
        int ordinal = 0;
        int end = e.View.Next(index);
        for (int item = index + 1; item < end; item = e.View.Next(item), ordinal++)
        {
            if (!e.Try(contained, item, -1))
                continue;
            found++;
            if (marks >= 0)
                e.Marks.Set(marks, ordinal);
            else if (found >= MinContains && MaxContains == int.MaxValue)
                return true;
        }

        if (found >= MinContains && found <= MaxContains)
            return true;
        if (!e.IsQuiet)
            NoteContains(ref e, index, found);
        return false;
    }

    private void NoteContains(ref Evaluation e, int index, int found)
    {
        if (found > MaxContains)
            e.Note(index, "maxContains", $"must have at most {MaxContains} items that match, has {found}");
        else if (MinContains == 1)
            e.Note(index, "contains", "must have an item that matches");
        else
            e.Note(index, "minContains", $"must have at least {MinContains} items that match, has {found}");
    }

    private static bool AreUnique(ref Evaluation e, int index)
    {
        int repeated = e.ItemHashes.FindRepeated(e.View, index, ref e.Steps, out int earlier);
        if (repeated < 0)
            return true;
        if (!e.IsQuiet)
            e.Note(repeated, "uniqueItems", $"must not repeat the item {InstancePointer.Of(e.View, earlier)}");
        return false;
    }
}
