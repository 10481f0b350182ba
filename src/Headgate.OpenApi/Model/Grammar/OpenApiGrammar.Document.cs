using static Headgate.OpenApi.Model.Grammar.ScalarRule;
using static Headgate.OpenApi.Model.OpenApiVersion;

namespace Headgate.OpenApi.Model.Grammar;

internal sealed partial class OpenApiGrammar
{
    private void DefineDocument()
    {
        ObjectRule docs = Define("External Documentation Object").Field("url", Text, required: true).Field("description", Text);
        _externalDocs = docs;
        _servers = new ListRule(DefineServer());

        Root.Field("openapi", Text, required: true)
            .Field("info", DefineInfo(), required: true)
            .Field("$self", Text, since: V32)
            .Field("jsonSchemaDialect", Text, since: V31)
            .Field("servers", _servers)
            .Field("paths", Define("Paths Object").Pattern(KeyPattern.Path, PathItem), required: _version == V30)
            .Field("webhooks", new MapRule(PathItem), since: V31)
            .Field("components", DefineComponents())
            .Field("security", SecurityRequirements)
            .Field("tags", new ListRule(DefineTag(docs)))
            .Field("externalDocs", docs)
            .When(DocumentConditions.HasContainer);
    }

    private ObjectRule DefineInfo() => Define("Info Object")
        .Field("title", Text, required: true)
        .Field("version", Text, required: true)
        .Field("summary", Text, since: V31)
        .Fields(Text, "description", "termsOfService")
        .Field("contact", Define("Contact Object").Fields(Text, "name", "url", "email"))
        .Field("license", Define("License Object")
            .Field("name", Text, required: true)
            .Field("identifier", Text, since: V31)
            .Field("url", Text)
            .When((node, scope) => DocumentConditions.Exclusive(node, scope, "identifier", "url")));

    private ObjectRule DefineServer() => Define("Server Object")
        .Field("url", Text, required: true)
        .Field("description", Text)
        .Field("name", Text, since: V32)
        .Field("variables", new MapRule(Define("Server Variable Object")
            .Field("enum", new ListRule(Text) { Least = _version >= V31 ? 1 : 0 })
            .Field("default", Text, required: true)
            .Field("description", Text)));

    private ObjectRule DefineTag(ObjectRule docs) => Tag
        .Field("name", Text, required: true)
        .Field("description", Text)
        .Field("externalDocs", docs)
        .Field("summary", Text, since: V32)
        .Field("parent", Text, since: V32)
        .Field("kind", Text, since: V32);

    private ObjectRule DefineComponents() => Define("Components Object")
        .Field("schemas", Named(_schema))
        .Field("responses", Named(_response))
        .Field("parameters", Named(_parameter))
        .Field("examples", Named(_example))
        .Field("requestBodies", Named(_requestBody))
        .Field("headers", Named(_header))
        .Field("securitySchemes", Named(SecurityScheme))
        .Field("links", Named(_link))
        .Field("callbacks", Named(_callback))
        .Field("pathItems", Named(PathItem), since: V31)
        .Field("mediaTypes", Named(_mediaType), since: V32);

    private static MapRule Named(Rule value) => new(value) { Keys = KeyPattern.Component };
}
