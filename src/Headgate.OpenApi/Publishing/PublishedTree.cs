using System.Text.Json;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Building;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Publishing;

/// <summary>Walks a document by the grammar, which tells a field from a name that an author chose and from a value, and writes what clients may see of it.</summary>
internal sealed class PublishedTree(ApiDocument document, PublishedReferences references, PublishedParts parts)
{
    private const string GatewayPrefix = "x-gateway-";
    private const string MappingOwner = "Discriminator Object";

    private readonly OpenApiGrammar _grammar = OpenApiGrammar.For(document.Version);

    // Loading has reported what is wrong with servers, and nothing is wrong with these.
    private readonly ServerPaths _servers = new(new BuildScope(document.Version, document.References, new ExtensionBinder(new ExtensionRegistry()), new LoadContext(LoadOptions.Default)));

    // Path items of other files that are being written in their place: one may lead back to itself by a callback.
    private readonly HashSet<DocumentNode> _inlined = [];

    /// <summary>Writes the document.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json, document.Root, _grammar.Root, []);
        if (!document.Root.Contains("servers"))
            WriteServers(json, document.BasePaths);
        if (!document.Root.Contains("components") && references.Count > 0)
            WriteComponents(json, null);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, DocumentNode node, Rule rule)
    {
        if (rule is EitherRule either)
            rule = either.For(node) ?? AnyRule.Instance;
        switch (rule, node)
        {
            case (ObjectRule objectRule, ObjectNode part):
                json.WriteStartObject();
                WriteMembers(json, part, objectRule, []);
                json.WriteEndObject();
                break;
            case (MapRule map, ObjectNode part):
                json.WriteStartObject();
                foreach (ObjectMember member in part.MemberList)
                    WriteMember(json, member.Key, member.Value, map.Value);
                json.WriteEndObject();
                break;
            case (ListRule list, ArrayNode items):
                json.WriteStartArray();
                foreach (DocumentNode item in items.ItemList.Where(item => !parts.IsInternal(item)))
                    Write(json, item, list.Item);
                json.WriteEndArray();
                break;
            default:
                NodeJson.Write(json, node);
                break;
        }
    }

    private void WriteMember(Utf8JsonWriter json, string key, DocumentNode value, Rule rule)
    {
        if (parts.IsInternal(value))
            return;
        json.WritePropertyName(key);
        Write(json, value, rule);
    }

    /// <summary>Writes the members of an object, but for those that stand nearer already.</summary>
    private void WriteMembers(Utf8JsonWriter json, ObjectNode part, ObjectRule rule, IReadOnlyCollection<string> nearer)
    {
        foreach (ObjectMember member in part.MemberList)
        {
            if (!IsLeftOut(member.Key, rule) && !nearer.Contains(member.Key))
                WriteField(json, part, member, rule, nearer);
        }
    }

    private bool IsLeftOut(string key, ObjectRule rule) =>
        key.StartsWith(GatewayPrefix, StringComparison.Ordinal) || key is "x-internal" or "$self" || (key == "server" && rule == _grammar.Link);

    private void WriteField(Utf8JsonWriter json, ObjectNode part, ObjectMember member, ObjectRule rule, IReadOnlyCollection<string> nearer)
    {
        bool hasServers = rule.Gateway is ExtensionLocations.Document or ExtensionLocations.Path or ExtensionLocations.Operation;
        if (member.Key == "servers" && hasServers)
            WriteServers(json, _servers.Of(part) ?? [""]);
        else if (member.Key == "components" && rule == _grammar.Root)
            WriteComponents(json, member.Value as ObjectNode);
        else if (member.Key == "$ref" && rule.Reference != ReferenceUse.None && member.Value is ScalarNode reference)
            WriteReference(json, part, reference.Text, rule, nearer);
        else if (member.Key == "mapping" && rule.Name == MappingOwner && member.Value is ObjectNode mapping)
            WriteMapping(json, mapping);
        else
            WriteMember(json, member.Key, member.Value, rule.Field(member.Key) ?? (IsNamed(member.Key, rule) ? rule.PatternedValue : AnyRule.Instance));
    }

    private static bool IsNamed(string key, ObjectRule rule) => !key.StartsWith("x-", StringComparison.Ordinal) && rule.Patterned is { } keys && keys.Allows(key);

    private void WriteReference(Utf8JsonWriter json, ObjectNode part, string text, ObjectRule rule, IReadOnlyCollection<string> nearer)
    {
        if (rule != _grammar.PathItem || references.Outside(part) is not ObjectNode target)
        {
            json.WriteString("$ref", references.TextOf(part, text, rule));
            return;
        }

        // OpenAPI 3.0 has no components for path items: what another file says of a path stands in its place.
        if (!_inlined.Add(target))
            return;
        WriteMembers(json, target, rule, [.. nearer, .. part.Members.Select(member => member.Key).Where(key => key != "$ref")]);
        _inlined.Remove(target);
    }

    private void WriteMapping(Utf8JsonWriter json, ObjectNode mapping)
    {
        json.WriteStartObject("mapping");
        foreach (ObjectMember member in mapping.MemberList)
        {
            string text = (member.Value as ScalarNode)?.Text ?? "";
            bool isName = text.AsSpan().IndexOfAny('/', '#') < 0 && !text.EndsWith(".json", StringComparison.Ordinal) && !text.EndsWith(".yaml", StringComparison.Ordinal);
            json.WriteString(member.Key, isName ? text : references.TextOf(mapping, text, _grammar.SchemaObject));
        }

        json.WriteEndObject();
    }

    private void WriteComponents(Utf8JsonWriter json, ObjectNode? components)
    {
        var rule = (ObjectRule)_grammar.Root.Field("components")!;
        json.WriteStartObject("components");
        foreach (ObjectMember member in components?.Members ?? [])
        {
            if (rule.Field(member.Key) is not MapRule)
                WriteField(json, components!, member, rule, []);
        }

        foreach (string kind in rule.FieldNames)
        {
            if (components?[kind] is ObjectNode || references.Has(kind))
                WriteComponents(json, kind, components?[kind] as ObjectNode, ((MapRule)rule.Field(kind)!).Value);
        }

        json.WriteEndObject();
    }

    private void WriteComponents(Utf8JsonWriter json, string kind, ObjectNode? own, Rule rule)
    {
        json.WriteStartObject(kind);
        foreach (ObjectMember member in own?.Members.Where(member => parts.Keeps(member.Value)) ?? [])
            WriteMember(json, member.Key, member.Value, rule);
        foreach (PublishedComponent component in references.Of(kind))
            WriteMember(json, component.Name, component.Node, component.Rule);
        json.WriteEndObject();
    }

    private static void WriteServers(Utf8JsonWriter json, IReadOnlyList<string> basePaths)
    {
        json.WriteStartArray("servers");
        foreach (string basePath in basePaths)
        {
            json.WriteStartObject();
            json.WriteString("url", basePath.Length == 0 ? "/" : basePath);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
