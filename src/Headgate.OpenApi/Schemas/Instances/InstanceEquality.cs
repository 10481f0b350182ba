namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Equality of JSON values (JSON Schema Core 2020-12 §4.2.2): numbers by value, objects without regard to order.</summary>
/// <remarks>What it costs is taken from the steps that are left; below zero the answer means nothing.</remarks>
internal static class InstanceEquality
{
    public static bool AreEqual(InstanceView one, int first, InstanceView other, int second, ref long steps)
    {
        ref readonly InstanceToken left = ref one.Tokens[first];
        ref readonly InstanceToken right = ref other.Tokens[second];
        if ((left.Types & right.Types) == 0)
            return false;
        return (left.Types & ~JsonTypes.Integer) switch
        {
            JsonTypes.Null => true,
            JsonTypes.Boolean => left.IsTrue == right.IsTrue,
            JsonTypes.String => left.Length == right.Length && one.Text(left).SequenceEqual(other.Text(right)),
            JsonTypes.Number => AreEqualNumbers(one.Text(left), other.Text(right)),
            JsonTypes.Array => left.Length == right.Length && AreEqualArrays(one, first, other, second, ref steps),
            _ => left.Length == right.Length && AreEqualObjects(one, first, other, second, ref steps),
        };
    }

    private static bool AreEqualNumbers(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || new DecimalText(left).CompareTo(new DecimalText(right)) == 0;

    // The depth of both is bounded when they are read: 256 frames of these are far from the stack's end.
    private static bool AreEqualArrays(InstanceView one, int first, InstanceView other, int second, ref long steps)
    {
        int end = one.Next(first);
        for (int left = first + 1, right = second + 1; left < end; left = one.Next(left), right = other.Next(right))
        {
            if (!AreEqual(one, left, other, right, ref steps))
                return false;
        }

        return true;
    }

    private static bool AreEqualObjects(InstanceView one, int first, InstanceView other, int second, ref long steps)
    {
        int end = one.Next(first);
        for (int name = first + 1; name < end; name = one.Next(name + 1))
        {
            // Looking for a member takes as many steps as there are members: a sender must not square the work.
            steps -= one.Tokens[first].Length;
            if (steps < 0)
                return false;
            ref readonly InstanceToken token = ref one.Tokens[name];
            int value = other.FindMember(second, one.Text(token), token.EndOrHash);
            if (value < 0 || !AreEqual(one, name + 1, other, value, ref steps))
                return false;
        }

        return true;
    }
}
