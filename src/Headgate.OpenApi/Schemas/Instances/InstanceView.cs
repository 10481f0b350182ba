namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>A tape with the bytes on which it stands, for reading.</summary>
internal readonly ref struct InstanceView
{
    private readonly ReadOnlySpan<byte> _input;
    private readonly ReadOnlySpan<byte> _scratch;

    public InstanceView(ReadOnlySpan<byte> input, InstanceTape tape)
    {
        _input = input;
        _scratch = tape.Scratch;
        Tokens = tape.Tokens;
    }

    public ReadOnlySpan<InstanceToken> Tokens { get; }

    /// <summary>The text of a string, a name or a number.</summary>
    public ReadOnlySpan<byte> Text(in InstanceToken token) => (token.InScratch ? _scratch : _input).Slice(token.Start, token.Length);

    /// <summary>The index of the value after the one at <paramref name="index"/> and all that it holds.</summary>
    public int Next(int index) => Tokens[index].EndOrHash;

    /// <summary>The index of the value of the member of that name; -1 when the object has none.</summary>
    public int FindMember(int index, ReadOnlySpan<byte> name, int hash)
    {
        int end = Tokens[index].EndOrHash;
        for (int at = index + 1; at < end; at = Tokens[at + 1].EndOrHash)
        {
            ref readonly InstanceToken candidate = ref Tokens[at];
            if (candidate.EndOrHash == hash && candidate.Length == name.Length && Text(candidate).SequenceEqual(name))
                return at + 1;
        }

        return -1;
    }
}
