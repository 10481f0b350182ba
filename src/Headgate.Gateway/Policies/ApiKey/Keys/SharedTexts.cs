namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// What many keys have in common, held once: tenants, owners, lists of scopes. Remembers the last value of each of its places, so its own memory is bounded. Used by one thread
/// at a time.
/// </summary>
internal sealed class SharedTexts<T>
    where T : class
{
    private const int Places = 4_096;

    private readonly (string Text, T Value)[] _places = new (string, T)[Places];

    /// <summary>The value that belongs to a text: the same object as the last time, as a rule.</summary>
    public T Get(string text, Func<string, T> make)
    {
        ref (string Text, T Value) place = ref _places[(uint)text.GetHashCode(StringComparison.Ordinal) % Places];
        if (!string.Equals(place.Text, text, StringComparison.Ordinal))
            place = (text, make(text));
        return place.Value;
    }
}
