using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions;

/// <summary>
/// The bound extensions of one place of a document, by record type. Immutable after load.
/// Asking for a record that is not there gives null: absence is the normal case.
/// </summary>
public sealed class ExtensionSet
{
    /// <summary>The set without members, shared by every place that has none.</summary>
    public static ExtensionSet Empty { get; } = new([]);

    private readonly Dictionary<Type, BoundExtension> _bound;

    internal ExtensionSet(IReadOnlyList<BoundExtension> bound) => _bound = bound.ToDictionary(extension => extension.Value.GetType());

    /// <summary>The bound extensions, for listings such as <c>headgate routes</c>.</summary>
    public IReadOnlyCollection<BoundExtension> All => _bound.Values;

    /// <summary>The record of that type, or null.</summary>
    public T? Get<T>()
        where T : class
        => _bound.TryGetValue(typeof(T), out BoundExtension? extension) ? (T)extension.Value : null;

    /// <summary>The set with another record in the place of the one of that type, which is there.</summary>
    public ExtensionSet With<T>(T record)
        where T : class
        => new([.. _bound.Values.Where(extension => extension.Value is not T), _bound[typeof(T)] with { Value = record }]);

    /// <summary>The node from which the record was bound, for diagnostics of its compiler; null when absent.</summary>
    public DocumentNode? NodeOf<T>()
        where T : class
        => _bound.TryGetValue(typeof(T), out BoundExtension? extension) ? extension.Node : null;
}
