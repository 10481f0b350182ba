using System.Collections.Frozen;
using System.Reflection;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>What reflection finds on a record type: its settings by key, its shorthands and how to make one.</summary>
internal sealed class RecordLayout
{
    // Which settings are given is kept in the bits of one word.
    private const int MostSettings = 64;

    private readonly Type _type;
    private readonly PropertySetter? _setNode;
    private readonly FrozenDictionary<string, MemberShape> _byKey;
    private readonly Lazy<bool> _mayHoldNotEnforced;

    public RecordLayout(Type type)
    {
        _type = type;
        PropertyInfo[] properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        if (Array.Find(properties, property => property.IsDefined(typeof(SourceNodeAttribute))) is { } node)
            _setNode = PropertySetter.For(node);
        MemberShape[] all = FindMembers(properties);
        Other = Array.Find(all, member => member.IsOther);
        Members = all;
        Shorthands = [.. all.Where(member => member.ShorthandOrder is not null).OrderBy(member => member.ShorthandOrder)];
        RequiredMask = all.Where(member => member.Required).Aggregate(0UL, (mask, member) => mask | (1UL << member.Index));
        _byKey = all.Where(member => !member.IsOther)
            .SelectMany(member => member.Setting.Aliases.Prepend(member.Key).Select(key => KeyValuePair.Create(key, member)))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _mayHoldNotEnforced = new Lazy<bool>(() => MayHold(type, []));
    }

    public IReadOnlyList<MemberShape> Members { get; }

    public IReadOnlyList<MemberShape> Shorthands { get; }

    /// <summary>The map that takes all other keys, or null.</summary>
    public MemberShape? Other { get; }

    /// <summary>The bits of the required settings.</summary>
    public ulong RequiredMask { get; }

    /// <summary>Every key and alias.</summary>
    public IEnumerable<string> Keys => _byKey.Keys;

    /// <summary>Whether a setting in here, at any depth, is not enforced yet: where not, looking for one is skipped.</summary>
    public bool MayHoldNotEnforced => _mayHoldNotEnforced.Value;

    public MemberShape? Find(string key) => _byKey.GetValueOrDefault(key);

    public object Create(DocumentNode? node)
    {
        object record = Activator.CreateInstance(_type)!;
        if (node is not null)
            _setNode?.Set(record, node);
        return record;
    }

    private static MemberShape[] FindMembers(PropertyInfo[] properties)
    {
        var nullability = new NullabilityInfoContext();
        var members = new List<MemberShape>();
        foreach (PropertyInfo property in properties)
        {
            if (property.GetCustomAttribute<SettingAttribute>() is not { } setting)
                continue;
            bool nullable = nullability.Create(property).WriteState == NullabilityState.Nullable;
            members.Add(new MemberShape(property, setting, members.Count, nullable));
        }

        return members.Count <= MostSettings
            ? [.. members]
            : throw new InvalidOperationException($"{properties[0].DeclaringType} has more than {MostSettings} settings.");
    }

    private static bool MayHold(Type type, HashSet<Type> visited)
    {
        if (!visited.Add(type))
            return false;
        return ShapeFactory.ForRecord(type).Members.Any(
            member => !member.Enforced || member.Shape.Records.Any(inner => MayHold(inner.Type, visited)));
    }
}
