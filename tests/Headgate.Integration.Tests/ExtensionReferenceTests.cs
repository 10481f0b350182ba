using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Extensions;

namespace Headgate.Integration.Tests;

/// <summary>Holds types, JSON Schema and reference page together.</summary>
public class ExtensionReferenceTests
{
    private const string UpdateVariable = "HEADGATE_UPDATE_DOCS";

    private static readonly ExtensionRegistry s_registry = IntegrationDocument.Registry;

    [Fact]
    public void ReferencePage_IsWhatTheTypesSay()
    {
        string path = RepositoryRoot.PathOf("docs", "reference", "extensions.md");
        string page = ExtensionReferenceWriter.Write(s_registry);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(path, page);

        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, $"docs/reference/extensions.md is out of date: run the tests with {UpdateVariable}=1.");
    }

    [Fact]
    public void Schema_EveryReference_Resolves()
    {
        JsonNode schema = JsonNode.Parse(ExtensionSchemaWriter.Write(s_registry))!;
        var definitions = (JsonObject)schema["$defs"]!;
        string[] references = [.. Descendants(schema).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(value => value.GetValue<string>())];

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(definitions.ContainsKey(reference["#/$defs/".Length..]), reference));
    }

    [Fact]
    public void Schema_Extensions_StandAtTheirPlaces()
    {
        JsonNode schema = JsonNode.Parse(ExtensionSchemaWriter.Write(s_registry))!;
        var places = new Dictionary<ExtensionLocations, JsonNode>
        {
            [ExtensionLocations.Document] = schema,
            [ExtensionLocations.Path] = schema["$defs"]!["pathItem"]!,
            [ExtensionLocations.Operation] = schema["$defs"]!["operation"]!,
            [ExtensionLocations.SecurityScheme] = schema["$defs"]!["securityScheme"]!,
        };

        foreach (ExtensionDefinition definition in s_registry.Definitions.Values)
        {
            foreach ((ExtensionLocations location, JsonNode place) in places)
                Assert.Equal(definition.Locations.HasFlag(location), ((JsonObject)place["properties"]!).ContainsKey(definition.Name));
        }
    }

    [Fact]
    public void SchemaAndPage_EverySettingOfEveryRecord_IsInBoth()
    {
        var definitions = (JsonObject)JsonNode.Parse(ExtensionSchemaWriter.Write(s_registry))!["$defs"]!;
        string page = ExtensionReferenceWriter.Write(s_registry);
        Type[] records = [.. new[] { "Headgate.Gateway", "Headgate.Integration" }.SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => !type.IsAbstract && SettingsOf(type).Any())];

        Assert.True(records.Length > 25);
        foreach (Type record in records)
        {
            string name = (record.GetProperty("Definition")?.GetValue(null) as ExtensionDefinition)?.Name ?? record.Name;
            JsonObject form = definitions[name]!["anyOf"]?[0] as JsonObject ?? (JsonObject)definitions[name]!;
            string section = SectionOf(page, name);
            foreach (PropertyInfo property in SettingsOf(record).Where(property => !property.IsDefined(typeof(OtherSettingsAttribute))))
            {
                string key = property.GetCustomAttribute<SettingAttribute>()!.Key ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                Assert.True(((JsonObject)form["properties"]!).ContainsKey(key), $"{name}.{key} is not in the schema.");
                Assert.Contains($"| `{key}` |", section, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Defaults_InWords_AreGivenExactlyWhereTheRecordHasNone()
    {
        foreach (Type record in new[] { "Headgate.Gateway", "Headgate.Integration" }.SelectMany(name => Assembly.Load(name).GetTypes()).Where(type => SettingsOf(type).Any()))
        {
            foreach (PropertyInfo property in SettingsOf(record).Where(property => !property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))))
            {
                bool hasWords = property.GetCustomAttribute<SettingAttribute>()!.Default is not null;
                object? value = property.GetValue(Activator.CreateInstance(record));
                Assert.True(value is null == hasWords || value is System.Collections.ICollection { Count: 0 }, $"{record.Name}.{property.Name}: a default in words belongs to a setting without a value, and to each of them.");
            }
        }
    }

    private static IEnumerable<PropertyInfo> SettingsOf(Type type) => type.GetProperties().Where(property => property.IsDefined(typeof(SettingAttribute)));

    private static string SectionOf(string page, string title)
    {
        string[] sections = page.Split("\n## ").SelectMany(part => part.Split("\n### ")).ToArray();
        return Assert.Single(sections, section => section.StartsWith(title + "\n", StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode?> Descendants(JsonNode? node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject map => map.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        return children.SelectMany(Descendants).Prepend(node);
    }
}
