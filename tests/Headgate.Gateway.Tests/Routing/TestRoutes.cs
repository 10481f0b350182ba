using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Routing;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Tests.Routing;

/// <summary>Builds route tables from <c>METHOD /template</c> lines.</summary>
internal static class TestRoutes
{
    private static readonly ObjectNode s_node = new(new SourceFile("test", "test"), 1, 1);

    public static RouteTable Table(params string[] routes)
    {
        var builder = new RouteTableBuilder();
        foreach (string route in routes)
        {
            OperationPlan operation = Operation(route);
            builder.Add("", operation.Operation.Path, operation.Operation.Method, operation);
        }

        return builder.Build();
    }

    public static OperationPlan Operation(string route)
    {
        string[] words = route.Split(' ');
        return new OperationPlan
        {
            Api = new ApiPlan { Document = Document(), Dialect = ProblemDialect.Instance },
            Operation = new ApiOperation
            {
                Id = route,
                Method = words[0],
                Path = Template(words[1]),
                Parameters = [],
                RequestBody = null,
                Security = [],
                Deprecated = false,
                Extensions = ExtensionSet.Empty,
                PathExtensions = ExtensionSet.Empty,
                Node = s_node,
            },
            RequestPolicies = [],
            ResponsePolicies = [],
            Handler = new NotImplementedHandler("x-test"),
        };
    }

    private static PathTemplate Template(string text) => new(text, [.. text[1..].Split('/').Select(Segment)]);

    private static PathSegment Segment(string text)
    {
        var parts = new List<PathPart>();
        while (text.Length > 0 || parts.Count == 0)
        {
            bool parameter = text.StartsWith('{');
            int end = parameter ? text.IndexOf('}', StringComparison.Ordinal) + 1 : text.IndexOf('{', StringComparison.Ordinal);
            if (end < 0 || text.Length == 0)
                end = text.Length;
            parts.Add(new PathPart(parameter, parameter ? text[1..(end - 1)] : text[..end]));
            text = text[end..];
        }

        return new PathSegment(parts);
    }

    private static ApiDocument Document() => new()
    {
        Name = "test",
        Version = OpenApiVersion.V31,
        Title = "test",
        ApiVersion = "1",
        BasePaths = [""],
        Operations = [],
        SecuritySchemes = new Dictionary<string, ApiSecurityScheme>(),
        Extensions = ExtensionSet.Empty,
        Root = s_node,
        Files = [],
    };
}
