using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Reads parameters that stand as pairs of a query or of cookies.</summary>
internal static class PairParameters
{
    /// <summary>Holds a parameter to its rule.</summary>
    public static void Check(ParameterRule rule, PairList pairs, ReadOnlySpan<char> text, TextEncoding encoding, ValidationMemory memory, ref Violations violations)
    {
        if (rule.Style == ParameterStyle.DeepObject || rule.Style == ParameterStyle.WholeQuery)
            CheckMembers(rule, pairs, text, encoding, memory, ref violations);
        else if (rule is { Shape: ParameterShape.Object, Explode: true, Style: ParameterStyle.Form })
            CheckSpread(rule, pairs, text, encoding, memory, ref violations);
        else
            CheckNamed(rule, pairs, text, encoding, memory, ref violations);
    }

    /// <summary>Whether a pair belongs to the parameter.</summary>
    public static bool Owns(ParameterRule rule, ReadOnlySpan<byte> name)
    {
        if (rule.Style == ParameterStyle.WholeQuery)
            return true;
        if (rule.Style == ParameterStyle.DeepObject)
            return IsMember(rule, name);
        bool isSpread = rule is { Shape: ParameterShape.Object, Explode: true, Style: ParameterStyle.Form };
        return isSpread ? rule.Wanted is { } wanted && wanted.Find(name) >= 0 : name.SequenceEqual(rule.NameBytes);
    }

    private static void CheckNamed(ParameterRule rule, PairList pairs, ReadOnlySpan<char> text, TextEncoding encoding, ValidationMemory memory, ref Violations violations)
    {
        int pair = pairs.Find(rule.NameBytes, 0);
        if (pair < 0)
        {
            NoteMissing(rule, ref violations);
            return;
        }

        // OAS 3.1.1 §4.8.12.2: allowEmptyValue lets a name stand without a value.
        if (rule.AllowsEmpty && text[pairs.Value(pair)].IsEmpty)
            return;
        var reader = new ParameterReader(rule, memory, encoding);
        for (; pair >= 0; pair = pairs.Find(rule.NameBytes, pair + 1))
            reader.Add(text[pairs.Value(pair)]);
        reader.Finish(ref violations);
    }

    // RFC 6570 §3.2.8: an exploded object gives each of its members a pair of its own; which pairs are its, only its schema knows.
    private static void CheckSpread(ParameterRule rule, PairList pairs, ReadOnlySpan<char> text, TextEncoding encoding, ValidationMemory memory, ref Violations violations)
    {
        var reader = new ParameterReader(rule, memory, encoding);
        bool isThere = false;
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            ReadOnlySpan<byte> name = pairs.Name(pair);
            if (rule.Wanted is not { } wanted || wanted.Find(name) < 0 || pairs.Find(name, 0) < pair)
                continue;
            isThere = true;
            AddGroup(ref reader, rule, pairs, pair, name, text);
        }

        if (isThere)
            reader.Finish(ref violations);
        else
            NoteMissing(rule, ref violations);
    }

    private static void CheckMembers(ParameterRule rule, PairList pairs, ReadOnlySpan<char> text, TextEncoding encoding, ValidationMemory memory, ref Violations violations)
    {
        var reader = new ParameterReader(rule, memory, encoding);
        bool isWhole = rule.Style == ParameterStyle.WholeQuery;
        bool isThere = false;
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            ReadOnlySpan<byte> name = pairs.Name(pair);
            if (!isWhole && !IsMember(rule, name))
                continue;
            isThere = true;
            if (pairs.Find(name, 0) == pair)
                AddGroup(ref reader, rule, pairs, pair, isWhole ? name : name[(rule.NameBytes.Length + 1)..^1], text);
        }

        if (isThere)
            reader.Finish(ref violations);
        else
            NoteMissing(rule, ref violations);
    }

    /// <summary>Adds a member from all pairs of its name: a list where its schema is one.</summary>
    private static void AddGroup(ref ParameterReader reader, ParameterRule rule, PairList pairs, int pair, ReadOnlySpan<byte> member, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<byte> name = pairs.Name(pair);
        int number = rule.Wanted?.Find(member) ?? -1;
        JsonTypes wanted = rule.Wanted?.MemberTypes(number) ?? JsonTypes.Any;
        if ((wanted & JsonTypes.Array) == 0 || wanted == JsonTypes.Any)
        {
            reader.AddMember(member, wanted, text[pairs.Value(pair)]);
            if (pairs.Find(name, pair + 1) >= 0)
                reader.Refuse("has a member that is given more than once");
            return;
        }

        int list = reader.OpenList(member);
        int items = 0;
        for (; pair >= 0; pair = pairs.Find(name, pair + 1), items++)
            reader.AddListItem(text[pairs.Value(pair)], rule.Wanted!.MemberItemTypes(number));
        reader.CloseList(list, items);
    }

    // OAS 3.1.1 §4.8.12.3: name[member].
    private static bool IsMember(ParameterRule rule, ReadOnlySpan<byte> name) =>
        name.Length > rule.NameBytes.Length + 2 && name.StartsWith(rule.NameBytes) && name[rule.NameBytes.Length] == '[' && name[^1] == ']';

    private static void NoteMissing(ParameterRule rule, ref Violations violations)
    {
        if (rule.Required)
            violations.Add(rule.Pointer, "is required");
    }
}
