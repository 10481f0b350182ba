using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Builds the parameters of an operation from the lists of its path item and its own.</summary>
internal sealed class ParameterBuilder(BuildScope scope)
{
    /// <summary>Merges lists of parameters, of which a later one wins (OAS 3.1.1 §4.8.10: unique by name and location).</summary>
    public IReadOnlyList<ApiParameter> Build(IEnumerable<List<DocumentNode>> lists)
    {
        var merged = new OrderedDictionary<(ParameterLocation In, string Name), (ApiParameter Parameter, List<DocumentNode> List)>();
        foreach (List<DocumentNode> list in lists)
        {
            foreach (DocumentNode item in list)
            {
                // Inherited parameters are built for each operation anew, which multiplies what a document may cost.
                if (!scope.SpendNodes(item))
                    return [];
                if (scope.Object(item) is { } node && Build(node, item) is { } parameter)
                    Add(merged, parameter, list, item);
            }
        }

        return merged.Count == 0 ? [] : [.. merged.Values.Select(entry => entry.Parameter)];
    }

    private void Add(OrderedDictionary<(ParameterLocation In, string Name), (ApiParameter Parameter, List<DocumentNode> List)> merged, ApiParameter parameter, List<DocumentNode> list, DocumentNode item)
    {
        // RFC 9110 §5.1: field names are case-insensitive.
        var key = (parameter.In, parameter.In == ParameterLocation.Header ? parameter.Name.ToLowerInvariant() : parameter.Name);
        if (merged.TryGetValue(key, out (ApiParameter Parameter, List<DocumentNode> List) known) && ReferenceEquals(known.List, list))
            scope.Diagnostics.Add(OpenApiDiagnostics.DuplicateParameter, item, $"The parameter '{parameter.Name}' in '{parameter.Node.Text("in")}' is declared twice in this list.", "Keep one of them.");
        else
            merged[key] = (parameter, list);
    }

    private ApiParameter? Build(ObjectNode node, DocumentNode item)
    {
        if (node.Text("name") is not { } name || LocationOf(node) is not { } location)
            return null;

        // OAS 3.1.1 §4.8.12.2.1: definitions of these header parameters SHALL be ignored.
        if (location == ParameterLocation.Header && name.ToLowerInvariant() is "accept" or "content-type" or "authorization")
        {
            scope.Diagnostics.Add(OpenApiDiagnostics.IgnoredHeaderParameter, item, $"OpenAPI ignores a header parameter named '{name}'.", "Describe media types by 'content' and credentials by 'security'.");
            return null;
        }

        string style = node.Text("style") ?? DefaultStyle(location);
        ObjectMember? content = node["content"] is ObjectNode { Members.Count: 1 } map ? map.Members[0] : null;
        return new ApiParameter
        {
            Name = name,
            In = location,
            Required = node.Flag("required") ?? false,
            Style = style,
            Explode = node.Flag("explode") ?? style is "form" or "cookie",
            Schema = content is { } media ? scope.Object(media.Value)?["schema"] : node["schema"],
            ContentType = content?.Key,
            Node = node,
        };
    }

    private static ParameterLocation? LocationOf(ObjectNode node) => node.Text("in") switch
    {
        "path" => ParameterLocation.Path,
        "query" => ParameterLocation.Query,
        "querystring" => ParameterLocation.QueryString,
        "header" => ParameterLocation.Header,
        "cookie" => ParameterLocation.Cookie,
        _ => null,
    };

    private static string DefaultStyle(ParameterLocation location) =>
        location is ParameterLocation.Path or ParameterLocation.Header ? "simple" : "form";
}
