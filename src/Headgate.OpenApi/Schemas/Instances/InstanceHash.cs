namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>A hash of a whole JSON value: equal values (<see cref="InstanceEquality"/>) have equal hashes. Different in each process, so that senders cannot choose collisions.</summary>
internal static class InstanceHash
{
    public static int Of(InstanceView view, int index)
    {
        ref readonly InstanceToken token = ref view.Tokens[index];
        var hash = default(HashCode);
        hash.Add((int)(token.Types & ~JsonTypes.Integer));
        switch (token.Types & ~JsonTypes.Integer)
        {
            case JsonTypes.Boolean:
                hash.Add(token.IsTrue);
                break;
            case JsonTypes.String:
                hash.AddBytes(view.Text(token));
                break;
            case JsonTypes.Number:
                hash.Add(new DecimalText(view.Text(token)).ToHash());
                break;
            case JsonTypes.Array:
                for (int item = index + 1; item < token.EndOrHash; item = view.Next(item))
                    hash.Add(Of(view, item));
                break;
            case JsonTypes.Object:
                hash.Add(OfMembers(view, index));
                break;
            default:
                break;
        }

        return hash.ToHashCode();
    }

    // A sum, because the order of members does not matter.
    private static int OfMembers(InstanceView view, int index)
    {
        int sum = 0;
        int end = view.Next(index);
        for (int name = index + 1; name < end; name = view.Next(name + 1))
        {
            var member = default(HashCode);
            member.AddBytes(view.Text(view.Tokens[name]));
            member.Add(Of(view, name + 1));
            sum = unchecked(sum + member.ToHashCode());
        }

        return sum;
    }
}
