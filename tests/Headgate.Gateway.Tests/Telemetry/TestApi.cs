using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Routing;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>Builds plans of one API operation by operation, with handlers and policies of the test.</summary>
internal sealed class TestApi
{
    private static readonly ObjectNode s_node = new(new SourceFile("test", "test"), 1, 1);

    private readonly List<OperationPlan> _operations = [];
    private readonly ApiPlan _api;

    public TestApi(string name = "shop", params ApiSecurityScheme[] schemes) => _api = new ApiPlan
    {
        Dialect = ProblemDialect.Instance,
        Document = new ApiDocument
        {
            Name = name,
            Version = OpenApiVersion.V31,
            Title = name,
            ApiVersion = "1",
            BasePaths = ["/v1"],
            Operations = [],
            SecuritySchemes = schemes.ToDictionary(scheme => scheme.Key),
            Extensions = ExtensionSet.Empty,
            Root = s_node,
            Files = [],
        },
    };

    public static ApiSecurityScheme KeyInQuery(string name) => new()
    {
        Key = "key",
        Type = "apiKey",
        HttpScheme = null,
        ParameterName = name,
        In = ParameterLocation.Query,
        OpenIdConnectUrl = null,
        Extensions = ExtensionSet.Empty,
        Node = s_node,
    };

    /// <summary>Adds an operation, for example <c>listOrders</c> as <c>GET /orders</c>.</summary>
    public TestApi Add(string id, string route, GatewayHandler? handler = null, params GatewayPolicy[] policies)
    {
        string[] words = route.Split(' ');
        PathSegment[] segments = [.. words[1][1..].Split('/').Select(text => new PathSegment([new PathPart(text.StartsWith('{'), text.Trim('{', '}'))]))];
        var operation = new ApiOperation
        {
            BasePaths = ["/v1"],
            Id = id,
            Method = words[0],
            Path = new PathTemplate(words[1], segments),
            Parameters = [],
            RequestBody = null,
            Security = [],
            Deprecated = false,
            Extensions = ExtensionSet.Empty,
            PathExtensions = ExtensionSet.Empty,
            Node = s_node,
        };
        _operations.Add(new OperationPlan
        {
            Api = _api,
            Operation = operation,
            RequestPolicies = [.. policies.Where(policy => policy.Phases.HasFlag(PolicyPhases.Request))],
            ResponsePolicies = [.. policies.Where(policy => policy.Phases.HasFlag(PolicyPhases.Response))],
            Handler = handler ?? DelegateHandler.Answering("ok"),
        });
        return this;
    }

    public GatewayPlan Plan(int generation = 1)
    {
        _api.Operations = _operations;
        var routes = new RouteTableBuilder();
        foreach (OperationPlan operation in _operations)
            routes.Add("/v1", operation.Operation.Path, operation.Operation.Method, operation);
        return new GatewayPlan(routes.Build(), [_api], generation);
    }
}
