namespace Headgate.Bench.Load;

/// <summary>JSON documents of an exact length.</summary>
internal static class JsonPadding
{
    private const string Start = """{"id":"0001","name":""" + "\"";
    private const string End = "\"}";

    /// <summary>An object of exactly this many bytes, all ASCII.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than the object's frame.</exception>
    public static string OfLength(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, Start.Length + End.Length);
        return Start + new string('x', bytes - Start.Length - End.Length) + End;
    }
}
