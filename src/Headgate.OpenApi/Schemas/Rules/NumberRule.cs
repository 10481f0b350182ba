using Headgate.OpenApi.Schemas.Formats;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>minimum</c>, <c>maximum</c>, their exclusive forms and <c>multipleOf</c> (JSON Schema Validation 2020-12 §6.2), and the formats of numbers.</summary>
internal sealed class NumberRule : SchemaRule
{
    private const int LongDigits = 18;

    public NumberBound? Minimum { get; init; }

    public NumberBound? Maximum { get; init; }

    public NumberBound? ExclusiveMinimum { get; init; }

    public NumberBound? ExclusiveMaximum { get; init; }

    public NumberStep? MultipleOf { get; init; }

    public ValueFormat? Format { get; init; }

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        ref readonly InstanceToken token = ref e.Tokens[index];
        ReadOnlySpan<byte> text = e.View.Text(token);
        long? integer = ReadInteger(token, text);
        if (Holds(text, integer))
            return true;
        if (!e.IsQuiet)
            NoteAll(ref e, index, text, integer);
        return false;
    }

    private bool Holds(ReadOnlySpan<byte> text, long? integer) =>
        (Minimum is not { } minimum || minimum.Compare(text, integer) >= 0)
        && (Maximum is not { } maximum || maximum.Compare(text, integer) <= 0)
        && (ExclusiveMinimum is not { } above || above.Compare(text, integer) > 0)
        && (ExclusiveMaximum is not { } below || below.Compare(text, integer) < 0)
        && (MultipleOf is not { } step || step.Divides(text, integer))
        && (Format is not { } format || format.Check(text));

    private void NoteAll(ref Evaluation e, int index, ReadOnlySpan<byte> text, long? integer)
    {
        if (Minimum is { } minimum && minimum.Compare(text, integer) < 0)
            e.Note(index, "minimum", $"must be at least {minimum}");
        if (Maximum is { } maximum && maximum.Compare(text, integer) > 0)
            e.Note(index, "maximum", $"must be at most {maximum}");
        if (ExclusiveMinimum is { } above && above.Compare(text, integer) <= 0)
            e.Note(index, "exclusiveMinimum", $"must be above {above}");
        if (ExclusiveMaximum is { } below && below.Compare(text, integer) >= 0)
            e.Note(index, "exclusiveMaximum", $"must be below {below}");
        if (MultipleOf is { } step && !step.Divides(text, integer))
            e.Note(index, "multipleOf", $"must be a multiple of {step}");
        if (Format is { } format && !format.Check(text))
            e.Note(index, "format", $"must be {format.Description}");
    }

    private static long? ReadInteger(in InstanceToken token, ReadOnlySpan<byte> text)
    {
        if ((token.Types & JsonTypes.Integer) == 0 || text.Length > LongDigits)
            return null;
        bool isNegative = text[0] == '-';
        long value = 0;
        for (int i = isNegative ? 1 : 0; i < text.Length; i++)
            value = (value * 10) + (text[i] - '0');
        return isNegative ? -value : value;
    }
}
