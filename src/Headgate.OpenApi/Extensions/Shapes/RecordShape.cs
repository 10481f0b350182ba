using System.Reflection;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>
/// An object with known keys, bound to a record. The record's own shape is built by reflection on first use, once; binding then
/// costs a look-up and a setter per member.
/// </summary>
internal sealed class RecordShape(Type type) : ValueShape
{
    private readonly Lazy<RecordLayout> _layout = new(() => new RecordLayout(type));

    public Type Type => type;

    /// <summary>The settings in the order of declaration.</summary>
    public IReadOnlyList<MemberShape> Members => _layout.Value.Members;

    /// <summary>The settings that may stand alone for the record, in the order in which they are tried.</summary>
    public IReadOnlyList<MemberShape> Shorthands => _layout.Value.Shorthands;

    public override string Expected =>
        Shorthands.Count == 0 ? "an object" : $"an object or {string.Join(" or ", Shorthands.Select(one => one.Shape.Expected))}";

    public override string TypeName =>
        string.Join(" or ", Shorthands.Select(one => one.Shape.TypeName).Append($"[{Title}](#{Title.ToLowerInvariant()})"));

    /// <summary>The name in the schema and the reference: the key of an extension, else the name of the type.</summary>
    public string Title { get; } =
        (type.GetProperty("Definition", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ExtensionDefinition)?.Name ?? type.Name;

    public override IEnumerable<RecordShape> Records => [this];

    public override bool Accepts(DocumentNode node) => node is ObjectNode || Shorthands.Any(one => one.Shape.Accepts(node));

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        RecordLayout layout = _layout.Value;
        object record = layout.Create(node);
        bool whole = node is ObjectNode map ? BindMembers(map, layout, record, diagnostics) : BindShorthand(node, layout, record, diagnostics);
        return whole ? record : null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions) => definitions.Refer(Title, () => RecordSchema.Write(this, definitions));

    public override string? Print(object value) => null;

    public override JsonObject ToJson(object value)
    {
        var json = new JsonObject();
        foreach (MemberShape member in Members)
        {
            JsonNode? inner = member.Property.GetValue(value) is { } given ? member.Shape.ToJson(given) : null;
            if (!member.IsOther)
            {
                json[member.Key] = inner;
                continue;
            }

            foreach ((string key, JsonNode? other) in inner?.AsObject() ?? [])
                json[key] = other?.DeepClone();
        }

        return json;
    }

    /// <summary>A record with nothing set but its initialisers: where the printed defaults come from.</summary>
    public object CreateDefault() => _layout.Value.Create(null);

    public override void FindNotEnforced(DocumentNode node, string path, Action<string, DocumentNode> found)
    {
        if (!_layout.Value.MayHoldNotEnforced)
            return;
        if (node is not ObjectNode map)
        {
            if (ShorthandFor(node, _layout.Value) is { } shorthand)
                FindNotEnforced(shorthand, node, path, found);
            return;
        }

        foreach (ObjectMember member in map.Members)
        {
            if (_layout.Value.Find(member.Key) is { } setting)
                FindNotEnforced(setting, member.Value, path, found);
        }
    }

    private static void FindNotEnforced(MemberShape setting, DocumentNode node, string path, Action<string, DocumentNode> found)
    {
        if (node is ScalarNode { Kind: ScalarKind.Null })
            return;
        string inner = $"{path}.{setting.Key}";
        if (setting.Enforced)
            setting.Shape.FindNotEnforced(node, inner, found);
        else
            found(inner, node);
    }

    private static MemberShape? ShorthandFor(DocumentNode node, RecordLayout layout)
    {
        foreach (MemberShape shorthand in layout.Shorthands)
        {
            if (shorthand.Shape.Accepts(node))
                return shorthand;
        }

        return null;
    }

    private bool BindShorthand(DocumentNode node, RecordLayout layout, object record, DiagnosticBag diagnostics)
    {
        if (ShorthandFor(node, layout) is not { } shorthand)
        {
            Refuse(node, diagnostics);
            return false;
        }

        bool whole = SetFrom(node, shorthand, record, diagnostics);
        return whole & CheckRequired(1UL << shorthand.Index, layout, node, diagnostics);
    }

    private static bool BindMembers(ObjectNode map, RecordLayout layout, object record, DiagnosticBag diagnostics)
    {
        ulong seen = 0;
        bool whole = true;
        List<ObjectMember>? others = null;
        foreach (ObjectMember member in map.Members)
        {
            if (layout.Find(member.Key) is not { } setting)
            {
                if (layout.Other is null)
                    whole = ReportUnknown(member, layout, diagnostics);
                else
                    (others ??= []).Add(member);
                continue;
            }

            if ((seen & (1UL << setting.Index)) != 0)
            {
                diagnostics.Add(ExtensionDiagnostics.GivenTwice, member, $"'{member.Key}' is '{setting.Key}' under another name, and both are given.", "Keep one of them.");
                whole = false;
            }

            seen |= 1UL << setting.Index;
            whole &= SetFrom(member.Value, setting, record, diagnostics);
        }

        whole &= CheckRequired(seen, layout, map, diagnostics);
        return others is null ? whole : whole & BindOthers(others, layout, record, diagnostics);
    }

    private static bool SetFrom(DocumentNode node, MemberShape setting, object record, DiagnosticBag diagnostics)
    {
        if (setting.Nullable && node is ScalarNode { Kind: ScalarKind.Null })
            return true;
        if (setting.Shape.Bind(node, diagnostics) is not { } value)
            return false;
        setting.Set(record, value);
        return true;
    }

    private static bool BindOthers(List<ObjectMember> others, RecordLayout layout, object record, DiagnosticBag diagnostics)
    {
        foreach (ObjectMember member in others)
        {
            if (Suggestion.Closest(member.Key, layout.Keys) is { } closest)
                diagnostics.Add(ExtensionDiagnostics.NearlySetting, member, $"'{member.Key}' is taken as a name of its own.", $"Did you mean '{closest}'?");
        }

        if (((IMapShape)layout.Other!.Shape).BindMembers(others, diagnostics) is not { } map)
            return false;
        layout.Other.Set(record, map);
        return true;
    }

    private static bool ReportUnknown(ObjectMember member, RecordLayout layout, DiagnosticBag diagnostics)
    {
        string? closest = Suggestion.Closest(member.Key, layout.Keys);
        diagnostics.Add(
            ExtensionDiagnostics.UnknownSetting,
            member,
            $"There is no setting '{member.Key}' here.",
            closest is null ? $"The settings here are {string.Join(", ", layout.Members.Select(one => one.Key))}." : $"Did you mean '{closest}'?");
        return false;
    }

    private static bool CheckRequired(ulong seen, RecordLayout layout, DocumentNode node, DiagnosticBag diagnostics)
    {
        ulong missing = layout.RequiredMask & ~seen;
        if (missing == 0)
            return true;
        foreach (MemberShape setting in layout.Members)
        {
            if ((missing & (1UL << setting.Index)) != 0)
                diagnostics.Add(ExtensionDiagnostics.MissingSetting, node, $"'{setting.Key}' is missing.", $"Add '{setting.Key}': {setting.Shape.Expected}.");
        }

        return false;
    }
}
