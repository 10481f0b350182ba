using System.Numerics;
using Headgate.OpenApi.Schemas.Formats;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Patterns;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>minLength</c>, <c>maxLength</c>, <c>pattern</c> (JSON Schema Validation 2020-12 §6.3) and the formats of strings.</summary>
internal sealed class StringRule : SchemaRule
{
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = int.MaxValue;

    public SchemaPattern? Pattern { get; init; }

    public ValueFormat? Format { get; init; }

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        ref readonly InstanceToken token = ref e.Tokens[index];
        if (token.IsBinary)
            return HasAllowedBytes(ref e, index, token.Length);
        ReadOnlySpan<byte> text = e.View.Text(token);
        bool holds = true;
        if (!HasAllowedLength(text))
        {
            holds = false;
            if (e.IsQuiet)
                return false;
            NoteLength(ref e, index, CountCharacters(text));
        }

        if (Pattern is { } pattern && !e.Matches(pattern, index))
        {
            holds = false;
            if (e.IsQuiet)
                return false;
            e.Note(index, "pattern", $"must match the pattern {pattern.Text}");
        }

        if (Format is { } format && !format.Check(text))
        {
            holds = false;
            if (!e.IsQuiet)
                e.Note(index, "format", $"must be {format.Description}");
        }

        return holds;
    }

    // OAS 3.1.1 §4.4.2: of unencoded binary data the length is in octets.
    private bool HasAllowedBytes(ref Evaluation e, int index, int bytes)
    {
        if (bytes >= MinLength && bytes <= MaxLength)
            return true;
        if (!e.IsQuiet)
            e.Note(index, bytes < MinLength ? "minLength" : "maxLength", bytes < MinLength ? $"must have at least {MinLength} bytes, has {bytes}" : $"must have at most {MaxLength} bytes, has {bytes}");
        return false;
    }

    // A character takes one to four bytes: most strings are decided without counting.
    private bool HasAllowedLength(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxLength && text.Length >= (long)MinLength * 4)
            return true;
        int characters = CountCharacters(text);
        return characters >= MinLength && characters <= MaxLength;
    }

    // JSON Schema Validation 2020-12 §6.3.1: length is in characters as RFC 8259 defines them, so code points.
    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        int continuations = 0;
        int at = 0;
        for (; at <= text.Length - Vector<sbyte>.Count; at += Vector<sbyte>.Count)
        {
            var block = Vector.AsVectorSByte(new Vector<byte>(text[at..]));
            continuations -= Vector.Sum(Vector.LessThan(block, new Vector<sbyte>(-64)));
        }

        for (; at < text.Length; at++)
            continuations += (sbyte)text[at] < -64 ? 1 : 0;
        return text.Length - continuations;
    }

    private void NoteLength(ref Evaluation e, int index, int characters)
    {
        if (characters < MinLength)
            e.Note(index, "minLength", $"must have at least {MinLength} character{(MinLength == 1 ? "" : "s")}, has {characters}");
        else
            e.Note(index, "maxLength", $"must have at most {MaxLength} character{(MaxLength == 1 ? "" : "s")}, has {characters}");
    }
}
