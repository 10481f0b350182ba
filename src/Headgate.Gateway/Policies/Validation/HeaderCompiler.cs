using System.Text;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Compiles Header Objects (OAS 3.1.1 §4.8.21): header fields of answers and of the parts of forms, which are written as header parameters are.</summary>
internal static class HeaderCompiler
{
    /// <summary>The rule; null for a field that OpenAPI leaves to other parts of a document.</summary>
    public static ParameterRule? Compile(ObjectMember header, MessageSchemas schemas)
    {
        // OAS 3.1.1 §4.8.15, §4.8.17: a definition of Content-Type among header fields is ignored.
        if (header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) || schemas.Follow(header.Value) is not { } node)
            return null;
        ObjectMember? content = node["content"] is ObjectNode { Members.Count: 1 } map ? map.Members[0] : null;
        DocumentNode? schema = content is { } media ? schemas.Follow(media.Value)?["schema"] : node["schema"];
        SchemaValidator? validator = schema is null || (content is not null && MediaType.KindOf(content.Value.Key) != MediaKind.Json) ? null : schemas.Compile(schema);
        JsonTypes types = validator?.Types ?? JsonTypes.Any;
        return new ParameterRule
        {
            Name = header.Key,
            NameBytes = Encoding.UTF8.GetBytes(header.Key),
            In = ParameterLocation.Header,
            Pointer = ParameterPointer.Of("header", header.Key),
            Required = (node["required"] as ScalarNode)?.AsBoolean() ?? false,
            Style = ParameterStyle.Simple,
            Explode = (node["explode"] as ScalarNode)?.AsBoolean() ?? false,
            Shape = content is null ? ParameterCompiler.ShapeOf(ParameterStyle.Simple, types) : ParameterShape.Json,
            Encoding = TextEncoding.None,
            Validator = validator,
            Types = types,
            Wanted = validator?.DescribeShape(),
        };
    }
}
