using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>anyOf</c> and <c>oneOf</c> (JSON Schema Core 2020-12 §10.2.1.2, §10.2.1.3).</summary>
internal sealed class AlternativesRule(CompiledSchema[] schemas, bool isExclusive) : SchemaRule
{
    private string Keyword => isExclusive ? "oneOf" : "anyOf";

    public CompiledSchema[] Schemas => schemas;

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        int found = 0;
        foreach (CompiledSchema schema in schemas)
        {
            if (!Matches(ref e, schema, index, marks))
                continue;
            found++;
            if (isExclusive ? found > 1 : marks < 0)
                break;
        }

        if (found == 1 || (found > 1 && !isExclusive))
            return true;
        if (!e.IsQuiet)
            Note(ref e, index, found);
        return false;
    }

    // A branch that fails leaves no marks behind (JSON Schema Core 2020-12 §7.7.1.2).
    private static bool Matches(ref Evaluation e, CompiledSchema schema, int index, int marks)
    {
        if (marks < 0)
            return e.Try(schema, index, -1);
        int members = e.Tokens[index].Length;
        int own = e.Marks.Take(members);
        bool holds = e.Try(schema, index, own);
        if (holds)
            e.Marks.Merge(own, marks, members);
        e.Marks.Release(own);
        return holds;
    }

    private void Note(ref Evaluation e, int index, int found)
    {
        if (found > 1)
            e.Note(index, Keyword, $"must match exactly one of {schemas.Length} schemas, matches several");
        else if (FindOnlyOfType(e.Tokens[index].Types) is { } meant)
            meant.Evaluate(ref e, index, -1);
        else
            e.Note(index, Keyword, $"must match {(isExclusive ? "exactly" : "at least")} one of {schemas.Length} schemas, matches none");
    }

    // Where the value's type leaves one alternative, what is wrong is told in that one's terms.
    private CompiledSchema? FindOnlyOfType(JsonTypes types)
    {
        CompiledSchema[] fitting = [.. schemas.Where(schema => (SchemaTypes.Of(schema) & types) != 0)];
        return fitting.Length == 1 ? fitting[0] : null;
    }
}
