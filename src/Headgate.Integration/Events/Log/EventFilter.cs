namespace Headgate.Integration.Events.Log;

/// <summary>Which events somebody wants. Immutable, thread-safe.</summary>
public sealed class EventFilter
{
    /// <summary>The most patterns.</summary>
    public const int MostPatterns = 16;

    private const string Any = "*";

    private readonly int _partition;
    private readonly int _partitions;

    private EventFilter(IReadOnlyList<string> types, string? tenant, int partition = 0, int partitions = 1) => (Types, Tenant, _partition, _partitions) = (types, tenant, partition, partitions);

    /// <summary>All events of all tenants.</summary>
    public static EventFilter Everything { get; } = new([], null);

    /// <summary>The patterns of types, one of which has to fit; empty for every type.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The tenant whose events alone are wanted; null for everybody's.</summary>
    public string? Tenant { get; }

    /// <summary>Makes a filter.</summary>
    /// <param name="types">Types: <c>order.created</c>, all that begin alike: <c>order.*</c>, or all: <c>*</c>. Empty for all.</param>
    /// <param name="tenant">The tenant; null for all.</param>
    /// <returns>The filter, or what is wrong with the patterns.</returns>
    public static (EventFilter? Filter, string? Problem) Of(IReadOnlyList<string> types, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Count > MostPatterns)
            return (null, $"has more than {MostPatterns} patterns.");
        if (types.FirstOrDefault(type => !IsPattern(type)) is { } wrong)
            return (null, $"'{wrong}' is no type: write one (order.created), the beginning of several (order.*), or * for all.");
        return (new EventFilter(types.Contains(Any, StringComparer.Ordinal) ? [] : [.. types], tenant), null);
    }

    /// <summary>The same for one partition of the aggregates alone.</summary>
    internal EventFilter Of(int partition, int partitions) => new(Types, Tenant, partition, partitions);

    /// <summary>Whether an event is wanted.</summary>
    internal bool Matches(string type, string tenant, int slot)
    {
        if (slot % _partitions != _partition)
            return false;
        if (Tenant is not null && !string.Equals(Tenant, tenant, StringComparison.Ordinal))
            return false;
        if (Types.Count == 0)
            return true;
        for (int i = 0; i < Types.Count; i++)
        {
            if (Fits(Types[i], type))
                return true;
        }

        return false;
    }

    private static bool Fits(string pattern, string type) =>
        pattern.EndsWith('*') ? type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : string.Equals(pattern, type, StringComparison.Ordinal);

    private static bool IsPattern(string text)
    {
        if (text.Length is 0 or > EventBounds.MostNameChars)
            return false;
        int star = text.IndexOf('*', StringComparison.Ordinal);
        return star < 0 || text == Any || (star == text.Length - 1 && text.EndsWith(".*", StringComparison.Ordinal) && text.Length > 2);
    }
}
