using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>What checking a request needs of memory: one for each thread, since checking never waits in between.</summary>
internal sealed class ValidationMemory
{
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ValidationMemory? s_current;

    private byte[] _text = new byte[512];

    /// <summary>The memory of the current thread, with fewer steps on a thread that is not the pool's. Not to be held across an await.</summary>
    public static ValidationMemory ForThread(long eventThreadSteps)
    {
        ValidationMemory memory = s_current ??= new ValidationMemory();
        memory.Session.RanOut = false;
        memory.Session.MostSteps = PoolHop.IsNeeded ? eventThreadSteps : long.MaxValue;
        return memory;
    }

    public ValidationSession Session { get; } = new();

    public PairList Query { get; } = new();

    public PairList Cookies { get; } = new();

    public PairList Form { get; } = new();

    /// <summary>Decodes a text into memory that the next call overwrites; false where it is not decodable.</summary>
    public bool TryDecode(ReadOnlySpan<char> text, TextEncoding encoding, out ReadOnlySpan<byte> decoded)
    {
        int most = PercentText.MostBytes(text.Length);
        if (_text.Length < most)
            _text = new byte[most];
        int written = PercentText.Decode(text, encoding, _text);
        decoded = written < 0 ? default : _text.AsSpan(0, written);
        return written >= 0;
    }

    /// <summary>Gives back what an unusually large request took.</summary>
    public void Trim()
    {
        Session.Trim();
        Form.Trim(KeptBytes);
        if (_text.Length > KeptBytes)
            _text = new byte[512];
    }
}
