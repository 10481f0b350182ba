using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Builds the parameters of an operation from the lists of its path item and its own.</summary>
internal sealed class ParameterBuilder(BuildScope scope)
{
    /// <summary>Merges lists of parameters, of which a later one wins (OAS 3.1.1 §4.8.10: unique by name and location).</summary>
    public List<ApiParameter> Build(IEnumerable<List<DocumentNode>> lists)
    {
        var parameters = new List<ApiParameter>();
        foreach (List<DocumentNode> list in lists)
        {
            int inherited = parameters.Count;
            foreach (DocumentNode item in list)
            {
                if (scope.Object(item) is { } node && Build(node, item) is { } parameter)
                    inherited = Add(parameters, inherited, parameter, item);
            }
        }

        return parameters;
    }

    /// <summary>Adds a parameter. Of the ones in front, as many as <paramref name="inherited"/> come from a list that it overrides.</summary>
    private int Add(List<ApiParameter> parameters, int inherited, ApiParameter parameter, DocumentNode item)
    {
        int same = parameters.FindIndex(known => Same(known, parameter));
        if (same >= inherited)
        {
            scope.Diagnostics.Add(OpenApiDiagnostics.DuplicateParameter, item, $"The parameter '{parameter.Name}' in '{parameter.Node.Text("in")}' is declared twice in this list.", "Keep one of them.");
            return inherited;
        }

        parameters.Add(parameter);
        if (same < 0)
            return inherited;
        parameters.RemoveAt(same);
        return inherited - 1;
    }

    // RFC 9110 §5.1: field names are case-insensitive.
    private static bool Same(ApiParameter one, ApiParameter other) =>
        one.In == other.In && string.Equals(one.Name, other.Name, one.In == ParameterLocation.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

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
