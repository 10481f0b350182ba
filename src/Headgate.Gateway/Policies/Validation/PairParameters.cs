using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Reads parameters that stand as pairs of a query, of cookies or of a form. Thread-safe.</summary>
/// <param name="rules">All parameters that stand there.</param>
internal sealed class PairParameters(ParameterRule[] rules)
{
    /// <summary>Holds each parameter to its rule.</summary>
    public void Check(PairList pairs, ReadOnlySpan<char> text, ValidationMemory memory, ref Violations violations)
    {
        foreach (ParameterRule rule in rules)
            Check(rule, pairs, text, memory, ref violations);
    }

    /// <summary>Whether a pair belongs to one of the parameters.</summary>
    public bool Own(ReadOnlySpan<byte> name)
    {
        foreach (ParameterRule rule in rules)
        {
            if (Owns(rule, name) || TakesRest(rule))
                return true;
        }

        return false;
    }

    /// <summary>Whether a parameter has a pair.</summary>
    public bool IsThere(ParameterRule rule, PairList pairs)
    {
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            if (IsOf(rule, pairs.Name(pair)))
                return true;
        }

        return false;
    }

    /// <summary>Takes a parameter's value from its pairs.</summary>
    public void Read(ref ParameterReader reader, ParameterRule rule, PairList pairs, ReadOnlySpan<char> text)
    {
        bool hasMembers = rule.IsSpread || rule.Style is ParameterStyle.DeepObject or ParameterStyle.WholeQuery;
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            ReadOnlySpan<byte> name = pairs.Name(pair);
            if (!IsOf(rule, name))
                continue;
            if (!hasMembers)
                reader.Add(text[pairs.Value(pair)]);
            else if (pairs.IsFirst(pair))
                AddGroup(ref reader, rule, pairs, pair, rule.Style == ParameterStyle.DeepObject ? name[(rule.NameBytes.Length + 1)..^1] : name, text);
        }
    }

    private void Check(ParameterRule rule, PairList pairs, ReadOnlySpan<char> text, ValidationMemory memory, ref Violations violations)
    {
        if (!IsThere(rule, pairs))
        {
            if (rule.Required)
                violations.Add(rule.Pointer, "is required");
            return;
        }

        // OAS 3.1.1 §4.8.12.2: allowEmptyValue lets a name stand without a value.
        if (rule.AllowsEmpty && pairs.Find(rule.NameBytes) is >= 0 and var first && text[pairs.Value(first)].IsEmpty)
            return;
        var reader = new ParameterReader(rule, memory);
        Read(ref reader, rule, pairs, text);
        reader.Finish(ref violations);
    }

    // RFC 6570 §3.2.8: an exploded object gives each of its members a pair of its own; which pairs are its, only its schema and the other parameters know.
    private bool IsOf(ParameterRule rule, ReadOnlySpan<byte> name)
    {
        if (Owns(rule, name))
            return true;
        if (!TakesRest(rule))
            return false;
        foreach (ParameterRule other in rules)
        {
            if (Owns(other, name))
                return false;
        }

        return true;
    }

    // OAS 3.1.1 §4.8.12.5, the free-form parameter: members that no name is known of.
    private static bool TakesRest(ParameterRule rule) => rule is { IsSpread: true, Wanted.HasOthers: true };

    private static bool Owns(ParameterRule rule, ReadOnlySpan<byte> name)
    {
        if (rule.Style == ParameterStyle.WholeQuery)
            return true;
        if (rule.Style == ParameterStyle.DeepObject)
            return IsMember(rule, name);
        return rule.IsSpread ? rule.Wanted is { } wanted && wanted.Find(name) >= 0 : name.SequenceEqual(rule.NameBytes);
    }

    /// <summary>Adds a member from all pairs of its name: a list where its schema is one.</summary>
    private static void AddGroup(ref ParameterReader reader, ParameterRule rule, PairList pairs, int pair, ReadOnlySpan<byte> member, ReadOnlySpan<char> text)
    {
        int number = rule.Wanted?.Find(member) ?? -1;
        JsonTypes wanted = rule.Wanted?.MemberTypes(number) ?? JsonTypes.Any;
        if ((wanted & JsonTypes.Array) == 0 || wanted == JsonTypes.Any)
        {
            reader.AddMember(member, wanted, text[pairs.Value(pair)]);
            if (pairs.Next(pair) >= 0)
                reader.Refuse(ParameterReader.RepeatedMember);
            return;
        }

        int list = reader.OpenList(member);
        int items = 0;
        for (; pair >= 0; pair = pairs.Next(pair), items++)
            reader.AddListItem(text[pairs.Value(pair)], rule.Wanted!.MemberItemTypes(number));
        reader.CloseList(list, items);
    }

    // OAS 3.1.1 §4.8.12.3: name[member].
    private static bool IsMember(ParameterRule rule, ReadOnlySpan<byte> name) =>
        name.Length > rule.NameBytes.Length + 2 && name.StartsWith(rule.NameBytes) && name[rule.NameBytes.Length] == '[' && name[^1] == ']';
}
