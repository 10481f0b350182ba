namespace Headgate.OpenApi.Extensions;

/// <summary>The extensions that this build knows, by key. Filled once at start, read-only afterwards.</summary>
public sealed class ExtensionRegistry
{
    private readonly SortedDictionary<string, ExtensionDefinition> _definitions = new(StringComparer.Ordinal);

    /// <summary>The definitions, by key in ordinal order.</summary>
    public IReadOnlyDictionary<string, ExtensionDefinition> Definitions => _definitions;

    /// <summary>Registers an extension. Two features that claim the same key are a programming error.</summary>
    /// <exception cref="ArgumentException">The key or the record type is registered already.</exception>
    public ExtensionRegistry Add(ExtensionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (_definitions.Values.Any(known => known.RecordType == definition.RecordType))
            throw new ArgumentException($"{definition.RecordType} is registered already.", nameof(definition));
        _definitions.Add(definition.Name, definition);
        return this;
    }
}
