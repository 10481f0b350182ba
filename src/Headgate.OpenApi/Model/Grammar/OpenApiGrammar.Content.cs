using static Headgate.OpenApi.Model.Grammar.ScalarRule;
using static Headgate.OpenApi.Model.OpenApiVersion;

namespace Headgate.OpenApi.Model.Grammar;

internal sealed partial class OpenApiGrammar
{
    private readonly ObjectRule _encoding;
    private readonly ObjectRule _example;
    private readonly ObjectRule _header;
    private readonly ObjectRule _mediaType;
    private readonly ObjectRule _parameter;

    private void DefineContent()
    {
        ScalarRule locations = _version >= V32
            ? OneOf("query", "querystring", "header", "path", "cookie")
            : OneOf("query", "header", "path", "cookie");
        Described(_parameter)
            .Field("name", Text, required: true)
            .Field("in", locations, required: true)
            .Field("allowEmptyValue", Flag)
            .Field("allowReserved", Flag)
            .When(ParameterConditions.SchemaOrContent)
            .When(ParameterConditions.StyleFitsLocation)
            .When(ParameterConditions.FlagsFitLocation)
            .When(ParameterConditions.PathIsRequired);

        // OAS 3.0 lets a header have what a parameter has, except name and in; 3.1 names its fields.
        Described(_header)
            .Field("allowEmptyValue", Flag, until: V30)
            .Field("allowReserved", Flag, until: V30)
            .When(ParameterConditions.SchemaOrContent)
            .When(ParameterConditions.HeaderStyleIsSimple);

        _mediaType.Field("schema", _schema)
            .Field("itemSchema", _schema, since: V32)
            .Field("example", AnyRule.Instance)
            .Field("examples", new MapRule(_example))
            .When(ParameterConditions.ExampleOrExamples);
        _encoding.Field("contentType", Text)
            .Field("headers", new MapRule(_header))
            .Field("style", OneOf("form", "spaceDelimited", "pipeDelimited", "deepObject"))
            .Fields(Flag, "explode", "allowReserved");
        foreach (ObjectRule holder in (ReadOnlySpan<ObjectRule>)[_mediaType, _encoding])
        {
            holder.Field("encoding", new MapRule(_encoding), since: holder == _mediaType ? V30 : V32)
                .Field("prefixEncoding", new ListRule(_encoding), since: V32)
                .Field("itemEncoding", _encoding, since: V32);
        }

        _example.Fields(Text, "summary", "description", "externalValue")
            .Field("value", AnyRule.Instance)
            .Field("dataValue", AnyRule.Instance, since: V32)
            .Field("serializedValue", Text, since: V32)
            .When((node, scope) => DocumentConditions.Exclusive(node, scope, "value", "externalValue"))
            .When((node, scope) => DocumentConditions.Exclusive(node, scope, "value", "dataValue"))
            .When((node, scope) => DocumentConditions.Exclusive(node, scope, "value", "serializedValue"))
            .When((node, scope) => DocumentConditions.Exclusive(node, scope, "serializedValue", "externalValue"));
    }

    /// <summary>The fields that parameters and headers share.</summary>
    private ObjectRule Described(ObjectRule rule) => rule
        .Field("description", Text)
        .Fields(Flag, "required", "deprecated", "explode")
        .Field("style", Text)
        .Field("schema", _schema)
        .Field("example", AnyRule.Instance)
        .Field("examples", new MapRule(_example))
        .Field("content", new MapRule(_mediaType))
        .When(ParameterConditions.ExampleOrExamples);
}
