using static Headgate.OpenApi.Model.Grammar.ScalarRule;
using static Headgate.OpenApi.Model.OpenApiVersion;

namespace Headgate.OpenApi.Model.Grammar;

internal sealed partial class OpenApiGrammar
{
    private readonly Rule _schema;
    private readonly ObjectRule _schemaObject;

    private void DefineSchemas()
    {
        ObjectRule discriminator = Define("Discriminator Object")
            .Field("propertyName", Text, required: true)
            .Field("mapping", new MapRule(Text))
            .Field("defaultMapping", Text, since: V32);
        ObjectRule xml = Define("XML Object")
            .Fields(Text, "name", "namespace", "prefix")
            .Fields(Flag, "attribute", "wrapped")
            .Field("nodeType", OneOf("element", "attribute", "text", "cdata", "none"), since: V32);

        var someSchemas = new ListRule(_schema) { Least = 1 };
        _schemaObject.Fields(Text, "title", "description", "format", "pattern")
            .Field("multipleOf", PositiveNumber)
            .Fields(Number, "maximum", "minimum")
            .Fields(Count, "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties")
            .Fields(Flag, "uniqueItems", "readOnly", "writeOnly", "deprecated")
            .Field("required", new ListRule(Text) { Unique = true, Least = _version == V30 ? 1 : 0 })
            .Fields(someSchemas, "allOf", "oneOf", "anyOf")
            .Fields(_schema, "not", "items")
            .Field("properties", new MapRule(_schema))
            .Fields(AnyRule.Instance, "default", "example")
            .Field("enum", new ListRule(AnyRule.Instance))
            .Field("discriminator", discriminator)
            .Field("xml", xml)
            .Field("externalDocs", _externalDocs);

        if (_version == V30)
            DefineSchema30();
        else
            DefineSchema2020(someSchemas);
    }

    // OAS 3.0.4 §4.7.24.
    private void DefineSchema30() => _schemaObject
        .Field("$ref", Text)
        .Field("type", OneOf("array", "boolean", "integer", "number", "object", "string"))
        .Fields(Flag, "nullable", "exclusiveMaximum", "exclusiveMinimum")
        .Field("additionalProperties", new EitherRule("a schema or a boolean", _schemaObject, Flag));

    // JSON Schema 2020-12, core and validation vocabularies, as OAS 3.1 and 3.2 take them over.
    private void DefineSchema2020(ListRule someSchemas)
    {
        ScalarRule type = OneOf("array", "boolean", "integer", "null", "number", "object", "string");
        _schemaObject
            .Fields(Text, "$id", "$schema", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$comment", "contentEncoding", "contentMediaType")
            .Field("$vocabulary", new MapRule(Flag))
            .Fields(new MapRule(_schema), "$defs", "patternProperties", "dependentSchemas")
            .Field("prefixItems", someSchemas)
            .Fields(_schema, "if", "then", "else", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema")
            .Field("dependentRequired", new MapRule(new ListRule(Text) { Unique = true }))
            .Field("type", new EitherRule("a type name or an array of type names", type, new ListRule(type) { Least = 1, Unique = true }))
            .Fields(Number, "exclusiveMaximum", "exclusiveMinimum")
            .Fields(Count, "maxContains", "minContains")
            .Field("const", AnyRule.Instance)
            .Field("examples", new ListRule(AnyRule.Instance))
            .When(DocumentConditions.SchemaHasNoId);
    }
}
