using Headgate.OpenApi.Extensions;
using static Headgate.OpenApi.Model.Grammar.ScalarRule;
using static Headgate.OpenApi.Model.OpenApiVersion;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>
/// The objects of the OpenAPI Specification as tables: one instance for each version, one partial file for each part of the
/// specification. Field names and requirements are those of OAS 3.0.4, 3.1.1 and 3.2.0, section "Schema" (3.0: §4.7, 3.1: §4.8, 3.2: §4).
/// </summary>
internal sealed partial class OpenApiGrammar
{
    private static readonly Lazy<OpenApiGrammar>[] ByVersion =
        [new(() => new OpenApiGrammar(V30)), new(() => new OpenApiGrammar(V31)), new(() => new OpenApiGrammar(V32))];

    private readonly OpenApiVersion _version;

    private OpenApiGrammar(OpenApiVersion version)
    {
        _version = version;
        Root = Define("OpenAPI Object", gateway: ExtensionLocations.Document);
        PathItem = Define("Path Item Object", ReferenceUse.PathItem, ExtensionLocations.Path);
        Operation = Define("Operation Object", gateway: ExtensionLocations.Operation);
        SecurityScheme = Define("Security Scheme Object", ReferenceUse.Object, ExtensionLocations.SecurityScheme);
        Tag = Define("Tag Object");
        _parameter = Define("Parameter Object", ReferenceUse.Object);
        _requestBody = Define("Request Body Object", ReferenceUse.Object);
        _response = Define("Response Object", ReferenceUse.Object);
        _callback = Define("Callback Object", ReferenceUse.Object);
        _header = Define("Header Object", ReferenceUse.Object);
        _example = Define("Example Object", ReferenceUse.Object);
        _link = Define("Link Object", ReferenceUse.Object);
        _mediaType = Define("Media Type Object", version >= V32 ? ReferenceUse.Object : ReferenceUse.None);
        _encoding = Define("Encoding Object");
        _schemaObject = new ObjectRule("Schema Object", version)
        {
            Extensible = true,
            Unknown = version == V30 ? UnknownFields.Warned : UnknownFields.Allowed,
            Reference = version == V30 ? ReferenceUse.Object : ReferenceUse.Schema,
        };
        _schema = version == V30 ? _schemaObject : new EitherRule("a schema (an object or a boolean)", _schemaObject, Flag);

        DefineDocument();
        DefineOperations();
        DefineContent();
        DefineSecurity();
        DefineSchemas();
    }

    public ObjectRule Root { get; }

    public ObjectRule PathItem { get; }

    public ObjectRule Operation { get; }

    public ObjectRule SecurityScheme { get; }

    public ObjectRule SchemaObject => _schemaObject;

    public ObjectRule Tag { get; }

    public ObjectRule Link => _link;

    public static OpenApiGrammar For(OpenApiVersion version) => ByVersion[(int)version].Value;

    private ObjectRule Define(string name, ReferenceUse reference = ReferenceUse.None, ExtensionLocations gateway = ExtensionLocations.None) =>
        new(name, _version) { Reference = reference, Gateway = gateway };
}
