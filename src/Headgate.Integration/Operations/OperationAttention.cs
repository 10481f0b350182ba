using System.Collections.Frozen;

namespace Headgate.Integration.Operations;

/// <summary>
/// How many operations of each API need attention, as they were counted last. They are kept until somebody has seen to them, so an API of which too many do begins no more: what fails there fails
/// for all. Other APIs go on. Thread-safe.
/// </summary>
/// <param name="most">How many of one API may.</param>
internal sealed class OperationAttention(long most)
{
    private FrozenDictionary<string, long> _byApi = FrozenDictionary<string, long>.Empty;

    /// <summary>Takes over what was counted.</summary>
    public void Counted(IEnumerable<KeyValuePair<string, long>> byApi) => Volatile.Write(ref _byApi, byApi.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>Whether an API begins no more.</summary>
    public bool IsFull(string api) => Volatile.Read(ref _byApi).TryGetValue(api, out long count) && count >= most;

    /// <summary>The APIs that begin no more, by name.</summary>
    public IReadOnlyList<string> Full => [.. Volatile.Read(ref _byApi).Where(api => api.Value >= most).Select(api => api.Key).Order(StringComparer.Ordinal)];

    /// <summary>What part of what may need attention does, of the API of which most do.</summary>
    public double Ratio => Volatile.Read(ref _byApi).Values.Append(0).Max() / (double)most;
}
