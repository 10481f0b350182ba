using System.Text;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RequestId;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Compiles the parameters of an operation.</summary>
internal static class ParameterCompiler
{
    /// <summary>The rules, for those parameters of which something can be said.</summary>
    public static ParameterRule[] Compile(OperationScope scope, MessageSchemas schemas)
    {
        string[] template = [.. scope.Operation.Path.ParameterNames];
        return [.. scope.Operation.Parameters
            .Where(parameter => parameter.In != ParameterLocation.Path || template.Contains(parameter.Name))
            .Select(parameter => Compile(parameter, scope, schemas, template))
            .Where(HasWork)];
    }

    private static ParameterRule Compile(ApiParameter parameter, OperationScope scope, MessageSchemas schemas, string[] template)
    {
        SchemaValidator? validator = parameter.Schema is { } schema ? schemas.Compile(schema) : null;
        JsonTypes types = validator?.Types ?? JsonTypes.Any;
        ParameterShape shape = ShapeOf(parameter, types);
        return new ParameterRule
        {
            Name = parameter.Name,
            NameBytes = Encoding.UTF8.GetBytes(parameter.Name),
            In = parameter.In,
            Pointer = ParameterPointer.Of(LocationOf(parameter.In), parameter.Name),
            Required = parameter.Required,
            Style = StyleOf(parameter),
            Explode = parameter.Explode,
            Shape = shape,
            Encoding = EncodingOf(parameter),
            AllowsEmpty = parameter.In == ParameterLocation.Query && (parameter.Node["allowEmptyValue"] as ScalarNode)?.AsBoolean() == true,

            // A medium of which the gateway knows nothing is passed on as it is.
            Validator = parameter.ContentType is null || MediaType.KindOf(parameter.ContentType) == MediaKind.Json || parameter.In == ParameterLocation.QueryString ? validator : null,
            Types = types,
            Wanted = shape is ParameterShape.Array or ParameterShape.Object ? validator?.DescribeShape() : null,
            PathIndex = parameter.In == ParameterLocation.Path ? Array.IndexOf(template, parameter.Name) : -1,
            Source = parameter.In == ParameterLocation.Header ? SourceOf(parameter.Name, scope) : HeaderSource.Client,
        };
    }

    private static string LocationOf(ParameterLocation location) => location switch
    {
        ParameterLocation.Path => "path",
        ParameterLocation.Header => "header",
        ParameterLocation.Cookie => "cookie",
        _ => "query",
    };

    // OAS 3.2.0 §4.12: the style "cookie" is the text of a cookie as it stands; "form", which 3.1 had alone, is percent-encoded.
    private static TextEncoding EncodingOf(ApiParameter parameter) => parameter.In switch
    {
        ParameterLocation.Path => TextEncoding.Percent,
        ParameterLocation.Header => TextEncoding.None,
        ParameterLocation.Cookie => parameter.Style == "cookie" ? TextEncoding.None : TextEncoding.Percent,
        _ => TextEncoding.Form,
    };

    private static ParameterStyle StyleOf(ApiParameter parameter) => (parameter.In, parameter.Style) switch
    {
        (ParameterLocation.QueryString, _) => ParameterStyle.WholeQuery,
        (_, "label") => ParameterStyle.Label,
        (_, "matrix") => ParameterStyle.Matrix,
        (_, "spaceDelimited") => ParameterStyle.SpaceDelimited,
        (_, "pipeDelimited") => ParameterStyle.PipeDelimited,
        (_, "deepObject") => ParameterStyle.DeepObject,
        (_, "simple") => ParameterStyle.Simple,
        _ => ParameterStyle.Form,
    };

    private static ParameterShape ShapeOf(ApiParameter parameter, JsonTypes types) =>
        parameter.ContentType is not null && parameter.In != ParameterLocation.QueryString ? ParameterShape.Json : ShapeOf(StyleOf(parameter), types);

    /// <summary>What a text of a style is taken apart into. What may also be a string is taken as one: a comma in it is no delimiter then.</summary>
    public static ParameterShape ShapeOf(ParameterStyle style, JsonTypes types)
    {
        if (style is ParameterStyle.DeepObject or ParameterStyle.WholeQuery)
            return ParameterShape.Object;
        return (types & JsonTypes.String) != 0 ? ParameterShape.Scalar
            : (types & JsonTypes.Array) != 0 ? ParameterShape.Array
            : (types & JsonTypes.Object) != 0 ? ParameterShape.Object
            : ParameterShape.Scalar;
    }

    // A path that matched has all its segments, so a segment that may be any text is nothing to check.
    private static bool HasWork(ParameterRule rule) => rule is { In: ParameterLocation.Path, Shape: ParameterShape.Scalar, Style: ParameterStyle.Simple }
        ? rule.Validator is { AllowsEveryText: false }
        : rule.Required || rule.Validator is not null;

    private static HeaderSource SourceOf(string name, OperationScope scope) => name switch
    {
        _ when Is(name, RequestIdentification.RequestIdHeader) => HeaderSource.RequestId,
        _ when Is(name, RequestIdentification.CorrelationIdHeader) => HeaderSource.CorrelationId,
        _ when Is(name, UpstreamRequestHeaders.UserHeader) => HeaderSource.User,
        _ when Is(name, scope.Api.TenantHeader) => HeaderSource.Tenant,
        _ => HeaderSource.Client,
    };

    private static bool Is(string name, string header) => name.Equals(header, StringComparison.OrdinalIgnoreCase);
}
