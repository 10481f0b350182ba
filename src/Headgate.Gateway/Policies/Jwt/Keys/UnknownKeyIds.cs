namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>Key ids that an issuer was asked about and does not have, so that one who invents them cannot have it asked again and again. Used under a lock.</summary>
internal sealed class UnknownKeyIds
{
    /// <summary>The most ids that are remembered; then all are forgotten.</summary>
    public const int Most = 1_000;

    /// <summary>How long an id is remembered.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public bool Contains(string keyId, DateTimeOffset now) => _until.TryGetValue(keyId, out DateTimeOffset until) && now < until;

    public void Add(string keyId, DateTimeOffset now)
    {
        if (_until.Count >= Most)
            _until.Clear();
        _until[keyId] = now + RememberedFor;
    }

    public void Clear() => _until.Clear();
}
