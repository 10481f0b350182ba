using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Compiles the schemas of a document's messages of one direction, each once for all operations. Not thread-safe.</summary>
internal sealed class MessageSchemas
{
    private readonly ReferenceResolver _references;
    private readonly SchemaCompiler _compiler;

    public MessageSchemas(ApiDocument document, MessageDirection direction, DiagnosticBag diagnostics)
    {
        var options = new SchemaOptions
        {
            Dialect = document.Version == OpenApiVersion.V30 ? SchemaDialect.OpenApi30 : SchemaDialect.JsonSchema202012,
            Direction = direction,
            AssertFormats = true,
        };
        _references = document.References;
        _compiler = new SchemaCompiler(new DocumentReferences(_references), options, diagnostics);
    }

    public SchemaValidator Compile(DocumentNode schema) => _compiler.Compile(schema);

    /// <summary>The object to which a node leads; null when there is none.</summary>
    public ObjectNode? Follow(DocumentNode? node) => _references.Follow(node) as ObjectNode;
}
