namespace Headgate.Bench.Load;

/// <summary>The load of one measurement: what is sent, over how many connections.</summary>
internal sealed record LoadRequest(string Path)
{
    public int Connections { get; init; } = 64;

    public string Method { get; init; } = "GET";

    /// <summary>Bytes of JSON in the request body; 0 sends none.</summary>
    public int BodyBytes { get; init; }

    /// <summary>Headers beside Host, such as a token.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether each request has an <c>Idempotency-Key</c> that no other has.</summary>
    public bool HasKeys { get; init; }

    /// <summary>Bearer tokens that the requests carry, each the next; null for none.</summary>
    public TokenFile? Tokens { get; init; }

    /// <summary>With n > 0 each request takes the next of n operations: <c>%d</c> in <see cref="Path"/> is its number.</summary>
    public int Operations { get; init; }
}
