namespace Headgate.OpenApi.Schemas;

/// <summary>Which keywords a schema has, and what they mean.</summary>
public enum SchemaDialect
{
    /// <summary>JSON Schema 2020-12, and with it the schemas of OpenAPI 3.1 and 3.2.</summary>
    JsonSchema202012,

    /// <summary>The Schema Object of OpenAPI 3.0 (OAS 3.0.4 §4.7.24): <c>nullable</c>, exclusive bounds as flags, nothing beside a <c>$ref</c>.</summary>
    OpenApi30,
}
