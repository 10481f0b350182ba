using static Headgate.OpenApi.Model.Grammar.ScalarRule;
using static Headgate.OpenApi.Model.OpenApiVersion;

namespace Headgate.OpenApi.Model.Grammar;

internal sealed partial class OpenApiGrammar
{
    private readonly ObjectRule _callback;
    private readonly ObjectRule _link;
    private readonly ObjectRule _requestBody;
    private readonly ObjectRule _response;
    private ObjectRule _externalDocs = null!;
    private ListRule _servers = null!;

    private void DefineOperations()
    {
        ObjectRule responses = Define("Responses Object").Field("default", _response).Pattern(KeyPattern.Status, _response);
        var parameters = new ListRule(_parameter);

        PathItem.Field("$ref", Text)
            .Fields(Text, "summary", "description")
            .Fields(Operation, "get", "put", "post", "delete", "options", "head", "patch", "trace")
            .Field("query", Operation, since: V32)
            .Field("additionalOperations", new MapRule(Operation), since: V32)
            .Field("servers", _servers)
            .Field("parameters", parameters)
            .When(DocumentConditions.AdditionalOperationsAreNew);

        Operation.Fields(Text, "summary", "description", "operationId")
            .Field("tags", new ListRule(Text))
            .Field("externalDocs", _externalDocs)
            .Field("parameters", parameters)
            .Field("requestBody", _requestBody)
            .Field("responses", responses, required: _version == V30)
            .Field("callbacks", new MapRule(_callback))
            .Field("deprecated", Flag)
            .Field("security", SecurityRequirements)
            .Field("servers", _servers);

        _callback.Pattern(KeyPattern.Any, PathItem);
        _requestBody.Field("content", new MapRule(_mediaType), required: true).Field("description", Text).Field("required", Flag);
        _response.Field("description", Text, required: _version < V32)
            .Field("summary", Text, since: V32)
            .Field("headers", new MapRule(_header))
            .Field("content", new MapRule(_mediaType))
            .Field("links", new MapRule(_link));
        _link.Fields(Text, "operationRef", "operationId", "description")
            .Field("parameters", new MapRule(AnyRule.Instance))
            .Field("requestBody", AnyRule.Instance)
            .Field("server", _servers.Item)
            .When(DocumentConditions.LinkNamesOneOperation);
    }
}
