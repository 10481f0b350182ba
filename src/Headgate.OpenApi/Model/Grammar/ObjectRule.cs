using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>An object with fixed fields, as a section of the specification defines it. Built once for each version, then read-only.</summary>
internal sealed class ObjectRule(string name, OpenApiVersion version) : Rule
{
    private readonly Dictionary<string, Rule> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _otherVersions = new(StringComparer.Ordinal);

    /// <summary>The name in the specification, for example <c>Parameter Object</c>.</summary>
    public string Name { get; } = name;

    public override string Expected => "an object";

    public List<string> Required { get; } = [];

    public Dictionary<string, Rule>.KeyCollection FieldNames => _fields.Keys;

    /// <summary>Keys that the author chooses, beside the fixed ones.</summary>
    public KeyPattern? Patterned { get; private set; }

    public Rule PatternedValue { get; private set; } = AnyRule.Instance;

    /// <summary>Whether keys that begin with <c>x-</c> are allowed.</summary>
    public bool Extensible { get; init; } = true;

    public UnknownFields Unknown { get; init; }

    public ReferenceUse Reference { get; init; }

    /// <summary>Where extensions of the gateway may stand, if this object is such a place.</summary>
    public ExtensionLocations Gateway { get; init; }

    /// <summary>Conditions across several fields.</summary>
    public List<Action<ObjectNode, ConditionScope>> Conditions { get; } = [];

    public override bool Matches(DocumentNode node) => node is ObjectNode;

    /// <summary>The rule of a fixed field, or null.</summary>
    public Rule? Field(string key) => _fields.GetValueOrDefault(key);

    /// <summary>The versions to which a field belongs that this version does not have, or null.</summary>
    public string? OtherVersion(string key) => _otherVersions.GetValueOrDefault(key);

    /// <summary>Adds a fixed field, of the versions between two.</summary>
    public ObjectRule Field(string key, Rule value, bool required = false, OpenApiVersion since = OpenApiVersion.V30, OpenApiVersion until = OpenApiVersion.V32)
    {
        if (version < since)
            _otherVersions.Add(key, $"OpenAPI {Text(since)} and later");
        else if (version > until)
            _otherVersions.Add(key, $"OpenAPI up to {Text(until)}");
        else
            _fields.Add(key, value);
        if (required && version >= since && version <= until)
            Required.Add(key);
        return this;
    }

    /// <summary>Adds fixed fields of one rule.</summary>
    public ObjectRule Fields(Rule value, params string[] keys)
    {
        foreach (string key in keys)
            Field(key, value);
        return this;
    }

    /// <summary>Lets the author choose keys.</summary>
    public ObjectRule Pattern(KeyPattern keys, Rule value)
    {
        (Patterned, PatternedValue) = (keys, value);
        return this;
    }

    /// <summary>Adds a condition across several fields.</summary>
    public ObjectRule When(Action<ObjectNode, ConditionScope> condition)
    {
        Conditions.Add(condition);
        return this;
    }

    private static string Text(OpenApiVersion version) => version switch
    {
        OpenApiVersion.V30 => "3.0",
        OpenApiVersion.V31 => "3.1",
        _ => "3.2",
    };
}
