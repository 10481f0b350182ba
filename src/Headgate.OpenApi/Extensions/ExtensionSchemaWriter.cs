using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.OpenApi.Extensions.Shapes;

namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Writes the JSON Schema (2020-12) of all registered extensions, for editors. It describes the extensions at their places in an
/// OpenAPI document and leaves everything else to OpenAPI's own schema; both are made from the shapes that the binder uses.
/// </summary>
public static class ExtensionSchemaWriter
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n" };

    private static readonly string[] s_methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    /// <summary>The schema as indented JSON text.</summary>
    public static string Write(ExtensionRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var definitions = new SchemaDefinitions();
        JsonObject operation = WritePlace(registry, ExtensionLocations.Operation, definitions);
        JsonObject path = WritePlace(registry, ExtensionLocations.Path, definitions);
        foreach (string method in s_methods)
            ((JsonObject)path["properties"]!)[method] = definitions.Refer("operation", () => operation);
        JsonObject scheme = WritePlace(registry, ExtensionLocations.SecurityScheme, definitions);
        JsonObject document = WritePlace(registry, ExtensionLocations.Document, definitions);
        var properties = (JsonObject)document["properties"]!;
        properties["paths"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = definitions.Refer("pathItem", () => path) };
        properties["components"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = definitions.Refer("securityScheme", () => scheme) },
            },
        };
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Headgate's extensions of OpenAPI",
        };
        foreach ((string key, JsonNode? value) in document.ToArray())
        {
            document.Remove(key);
            schema[key] = value;
        }

        schema["$defs"] = definitions.ToJson();
        return schema.ToJsonString(s_indented) + "\n";
    }

    private static JsonObject WritePlace(ExtensionRegistry registry, ExtensionLocations location, SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        var names = new JsonArray();
        foreach (ExtensionDefinition definition in registry.Definitions.Values.Where(one => one.Locations.HasFlag(location)))
        {
            JsonObject schema = ShapeFactory.ForRecord(definition.RecordType).ToSchema(definitions);
            schema["description"] = definition.Enforced ? definition.Summary : $"{definition.Summary} Not enforced yet.";
            properties[definition.Name] = schema;
            names.Add(definition.Name);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["propertyNames"] = new JsonObject
            {
                ["if"] = new JsonObject { ["pattern"] = "^x-gateway-" },
                ["then"] = new JsonObject { ["enum"] = names },
            },
        };
    }
}
