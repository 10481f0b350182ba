using System.Buffers;
using System.Text;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> (WHATWG URL §5.1) as an object: fields of one name are a list where the schema has one.</summary>
internal static class FormBody
{
    /// <summary>Puts the form on the tape of the session.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> body, SchemaShape wanted, ValidationMemory memory)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(body.Length);
        try
        {
            if (Ascii.ToUtf16(body, characters, out int length) != OperationStatus.Done)
                return "is not a form: it has bytes that are not percent-encoded";
            return Read(characters.AsSpan(0, length), wanted, memory);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private static string? Read(ReadOnlySpan<char> text, SchemaShape wanted, ValidationMemory memory)
    {
        PairList pairs = memory.Form;
        pairs.Clear();
        if (!pairs.TryParse(text, '&', TextEncoding.Form))
            return $"is a form with a name that is not valid percent-encoded UTF-8, or with more than {PairList.MostPairs} fields";
        var value = new InstanceBuilder(memory.Session.Tape);
        int form = value.Open(JsonTypes.Object);
        int members = 0;
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            ReadOnlySpan<byte> name = pairs.Name(pair);
            if (pairs.Find(name, 0) < pair)
                continue;
            members++;
            if (!TryAdd(value, pairs, pair, text, wanted, memory))
                return "is a form with a value that is not valid percent-encoded UTF-8";
        }

        value.Close(form, members);
        return null;
    }

    private static bool TryAdd(InstanceBuilder value, PairList pairs, int pair, ReadOnlySpan<char> text, SchemaShape wanted, ValidationMemory memory)
    {
        ReadOnlySpan<byte> name = pairs.Name(pair);
        int member = wanted.Find(name);
        JsonTypes types = wanted.MemberTypes(member);
        bool isList = types != JsonTypes.Any && (types & JsonTypes.Array) != 0;
        bool repeats = pairs.Find(name, pair + 1) >= 0;
        value.AddName(name);
        if (!isList && !repeats)
            return TryAddText(value, text[pairs.Value(pair)], types, memory);

        // What repeats although it is no list is shown to the schema as one, which says so.
        int list = value.Open(JsonTypes.Array);
        int items = 0;
        for (; pair >= 0; pair = pairs.Find(name, pair + 1), items++)
        {
            if (!TryAddText(value, text[pairs.Value(pair)], wanted.MemberItemTypes(member), memory))
                return false;
        }

        value.Close(list, items);
        return true;
    }

    private static bool TryAddText(InstanceBuilder value, ReadOnlySpan<char> text, JsonTypes wanted, ValidationMemory memory)
    {
        if (!memory.TryDecode(text, TextEncoding.Form, out ReadOnlySpan<byte> decoded))
            return false;
        value.AddText(decoded, wanted);
        return true;
    }
}
