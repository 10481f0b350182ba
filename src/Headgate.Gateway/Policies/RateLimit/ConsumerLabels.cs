namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// The names of some busy consumers, for people who ask; limits themselves know hashes alone. A name has its place until its consumer's quota is whole again. Not
/// thread-safe.
/// </summary>
internal sealed class ConsumerLabels
{
    private const int Places = 16;

    private readonly (ulong Key, long Until, string Text)[] _labels = new (ulong, long, string)[Places];

    /// <summary>Whether there is a free place for the name of a consumer that is not named yet.</summary>
    /// <param name="key">The hash of the key.</param>
    /// <param name="until">When the consumer's quota is whole again.</param>
    /// <param name="now">Now.</param>
    public bool Wants(ulong key, long until, long now)
    {
        ref (ulong Key, long Until, string Text) label = ref At(key);
        if (label.Key != key)
            return label.Until <= now;
        label.Until = until;
        return false;
    }

    public void Add(ulong key, long until, string text) => At(key) = (key, until, text);

    public void CopyTo(Dictionary<ulong, string> labels)
    {
        foreach ((ulong key, _, string text) in _labels)
        {
            if (text is not null)
                labels[key] = text;
        }
    }

    private ref (ulong Key, long Until, string Text) At(ulong key) => ref _labels[(key >> (64 - 4)) & (Places - 1)];
}
