namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>if</c>, <c>then</c> and <c>else</c> (JSON Schema Core 2020-12 §10.2.2).</summary>
internal sealed class ConditionRule(CompiledSchema condition, CompiledSchema? then, CompiledSchema? otherwise) : SchemaRule
{
    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        CompiledSchema? next = Holds(ref e, index, marks) ? then : otherwise;
        return next is null || next.Evaluate(ref e, index, marks);
    }

    private bool Holds(ref Evaluation e, int index, int marks)
    {
        if (marks < 0)
            return e.Try(condition, index, -1);
        int members = e.Tokens[index].Length;
        int own = e.Marks.Take(members);
        bool holds = e.Try(condition, index, own);
        if (holds)
            e.Marks.Merge(own, marks, members);
        e.Marks.Release(own);
        return holds;
    }
}
