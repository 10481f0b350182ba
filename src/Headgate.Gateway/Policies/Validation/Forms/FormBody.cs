using System.Buffers;
using System.Text;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>
/// Holds <c>application/x-www-form-urlencoded</c> (WHATWG URL §5.1) to its schema: fields of one name are a list where the schema has one, objects are JSON texts
/// unless the document gives them a style.
/// </summary>
internal static class FormBody
{
    private const string Undecodable = "is not valid percent-encoded UTF-8";

    public static void Check(ReadOnlySpan<byte> body, BodyRule rule, ValidationMemory memory, ref Violations violations)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(body.Length);
        if (Ascii.ToUtf16(body, characters, out int length) == OperationStatus.Done)
            Check(characters.AsSpan(0, length), rule, memory, ref violations);
        else
            violations.Add("", "is not a form: it has bytes that are not percent-encoded");
        ArrayPool<char>.Shared.Return(characters);
    }

    private static void Check(ReadOnlySpan<char> text, BodyRule rule, ValidationMemory memory, ref Violations violations)
    {
        PairList pairs = memory.Form;
        pairs.Clear();
        if (!pairs.TryParse(text, '&', TextEncoding.Form))
        {
            violations.Add("", $"is a form with a name that is not valid percent-encoded UTF-8, or with more than {PairList.MostPairs} fields");
            return;
        }

        FormPlan plan = rule.Form!;
        var form = new FormValue(memory.Session, ref violations);
        foreach (FormField field in plan.Styled)
            AddStyled(ref form, plan, field.Style!, pairs, text, memory);
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            ReadOnlySpan<byte> name = pairs.Name(pair);
            if (!pairs.IsFirst(pair) || (plan.Styled.Length > 0 && plan.Pairs.Own(name)))
                continue;
            form.Begin(name);
            form.End(name, Add(form.Builder, plan.Find(name), pairs, pair, text, memory));
        }

        form.Finish([], rule.Validator!);
    }

    private static void AddStyled(ref FormValue form, FormPlan plan, ParameterRule style, PairList pairs, ReadOnlySpan<char> text, ValidationMemory memory)
    {
        if (!plan.Pairs.IsThere(style, pairs))
            return;
        form.Begin(style.NameBytes);
        var reader = new ParameterReader(style, memory, form.Builder);
        plan.Pairs.Read(ref reader, style, pairs, text);
        form.End(style.NameBytes, reader.Close());
    }

    // What repeats although it is no list is shown to the schema as one, which says so.
    private static string? Add(InstanceBuilder value, FormField field, PairList pairs, int pair, ReadOnlySpan<char> text, ValidationMemory memory)
    {
        if (!field.IsList && pairs.Next(pair) < 0)
            return AddOne(value, field, text[pairs.Value(pair)], memory);
        int list = value.Open(JsonTypes.Array);
        int items = 0;
        for (; pair >= 0; pair = pairs.Next(pair), items++)
        {
            if (AddOne(value, field, text[pairs.Value(pair)], memory) is { } problem)
                return problem;
        }

        value.Close(list, items);
        return null;
    }

    private static string? AddOne(InstanceBuilder value, FormField field, ReadOnlySpan<char> text, ValidationMemory memory)
    {
        if (!memory.TryDecode(text, TextEncoding.Form, out ReadOnlySpan<byte> decoded))
            return Undecodable;
        if (field.Reading == FieldReading.Json)
            return value.AddJson(decoded, memory.Session);
        value.AddText(decoded, field.Types);
        return null;
    }
}
