using System.Text;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>Compiles what a document says of a form: its schema, and how its fields are encoded (OAS 3.1.1 §4.8.15).</summary>
internal sealed class FormCompiler(MessageSchemas schemas)
{
    private static readonly string[] s_styling = ["style", "explode", "allowReserved"];

    /// <param name="media">The Media Type Object.</param>
    /// <param name="validator">Its schema.</param>
    public FormPlan Compile(ObjectNode? media, SchemaValidator validator)
    {
        SchemaShape wanted = validator.DescribeShape();
        ObjectNode? encodings = schemas.Follow(media?["encoding"]);
        return new FormPlan(wanted, FurtherField(wanted), [.. wanted.Members.Select((name, i) => Compile(name, wanted.DescribeMember(i), schemas.Follow(encodings?[name])))]);
    }

    // A field that the schema does not name is looked at where the schema has something to say of such.
    private static FormField FurtherField(SchemaShape wanted)
    {
        JsonTypes types = wanted.MemberTypes(-1);
        bool isJson = (types & JsonTypes.String) == 0 && (types & (JsonTypes.Object | JsonTypes.Array)) != 0;
        return new FormField { Pointer = "", Types = types, Reading = isJson ? FieldReading.Json : wanted.HasOthers ? FieldReading.Text : FieldReading.Bytes };
    }

    private FormField Compile(string name, SchemaShape value, ObjectNode? encoding)
    {
        bool isList = value.Types != JsonTypes.Any && (value.Types & JsonTypes.Array) != 0;
        SchemaShape? one = isList ? value.DescribeItems() : value;
        MediaRange[] contentTypes = [.. ((encoding?["contentType"] as ScalarNode)?.AsString() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => new MediaRange(text))];

        // OAS 3.1.1 §4.8.15.1.2: one of these given, the media type is out of force.
        bool isStyled = encoding is not null && s_styling.Any(encoding.Contains);
        return new FormField
        {
            Pointer = ParameterPointer.OfMember(name),
            IsList = isList,
            Types = one?.Types ?? JsonTypes.Any,
            Reading = isStyled ? FieldReading.Text : ReadingOf(one, contentTypes),
            ContentTypes = isStyled ? [] : contentTypes,
            Headers = [.. (schemas.Follow(encoding?["headers"])?.Members ?? []).Select(header => HeaderCompiler.Compile(header, schemas)).OfType<ParameterRule>()],
            Style = isStyled ? StyleOf(name, value, encoding!) : null,
        };
    }

    private static FieldReading ReadingOf(SchemaShape? value, MediaRange[] contentTypes)
    {
        if (value is null || value.IsBinary || value.AllowsEveryText)
            return FieldReading.Bytes;
        bool mayBeText = (value.Types & JsonTypes.String) != 0;
        if (contentTypes.Length > 0)
        {
            if (Array.TrueForAll(contentTypes, type => type.Kind == MediaKind.Json))
                return FieldReading.Json;
            if (!Array.Exists(contentTypes, type => type.Text.StartsWith("text/", StringComparison.OrdinalIgnoreCase)))
                return mayBeText ? FieldReading.Bytes : FieldReading.Unread;
        }

        // OAS 3.1.1 §4.8.15.1.1: the default of objects is application/json, and that of lists their items'.
        if (!mayBeText && (value.Types & (JsonTypes.Object | JsonTypes.Array)) != 0)
            return FieldReading.Json;
        return value.Types == JsonTypes.Any ? FieldReading.AsThePartSays : FieldReading.Text;
    }

    private static ParameterRule StyleOf(string name, SchemaShape value, ObjectNode encoding)
    {
        ParameterStyle style = (encoding["style"] as ScalarNode)?.AsString() switch
        {
            "spaceDelimited" => ParameterStyle.SpaceDelimited,
            "pipeDelimited" => ParameterStyle.PipeDelimited,
            "deepObject" => ParameterStyle.DeepObject,
            _ => ParameterStyle.Form,
        };
        return new ParameterRule
        {
            Name = name,
            NameBytes = Encoding.UTF8.GetBytes(name),
            In = ParameterLocation.Query,
            Pointer = ParameterPointer.OfMember(name),
            Required = false,
            Style = style,
            Explode = (encoding["explode"] as ScalarNode)?.AsBoolean() ?? style == ParameterStyle.Form,
            Shape = ParameterCompiler.ShapeOf(style, value.Types),
            Encoding = TextEncoding.Form,
            Validator = null,
            Types = value.Types,
            Wanted = value,
        };
    }
}
