using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Builds the operations of <c>paths</c>.</summary>
internal sealed class OperationBuilder(BuildScope scope, ServerPaths servers, SecurityBuilder security, IReadOnlyList<SecurityRequirement> inherited, IReadOnlyList<string> documentPaths)
{
    private readonly ParameterBuilder _parameters = new(scope);
    private readonly HashSet<ObjectNode> _built = [];

    /// <summary>Builds the operations of one path item.</summary>
    public IEnumerable<ApiOperation> Build(ObjectMember member, ObjectNode pathItem, PathTemplate template)
    {
        var view = new PathItemView(pathItem, scope);
        ObjectNode owner = view.Items.FirstOrDefault(HasExtensions, pathItem);
        ExtensionSet extensions = scope.Bind(owner, ExtensionLocations.Path);
        IReadOnlyList<string>? basePaths = view.Items.Select(servers.Of).FirstOrDefault(paths => paths is not null);
        foreach ((string method, ObjectNode node) in view.Operations())
        {
            if (!_built.Add(node) && node.Contains("operationId"))
                ReportShared(member, node);
            yield return new ApiOperation
            {
                Method = method,
                Path = template,
                BasePaths = servers.Of(node) ?? basePaths ?? documentPaths,
                Id = node.Text("operationId") ?? $"{method} {template.Text}",
                Parameters = BuildParameters(view, node, template),
                RequestBody = BuildBody(node["requestBody"]),
                Security = security.BuildRequirements(node) ?? inherited,
                Deprecated = node.Flag("deprecated") ?? false,
                Extensions = scope.Bind(node, ExtensionLocations.Operation),
                PathExtensions = extensions,
                Node = node,
            };
        }
    }

    private static bool HasExtensions(ObjectNode item) =>
        item.MemberList.Exists(member => member.Key.StartsWith("x-gateway-", StringComparison.Ordinal));

    private void ReportShared(ObjectMember path, ObjectNode node) => scope.Diagnostics.Add(
        OpenApiDiagnostics.DuplicateOperationId,
        path,
        $"The operation '{node.Text("operationId")}' belongs to another path too.",
        "Give each path its own operations, or leave 'operationId' out of the shared path item.");

    private IReadOnlyList<ApiParameter> BuildParameters(PathItemView view, ObjectNode node, PathTemplate template)
    {
        IReadOnlyList<ApiParameter> parameters = _parameters.Build(view.ParameterLists().Append(node.Items("parameters")));
        var declared = parameters.Where(parameter => parameter.In == ParameterLocation.Path).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        HashSet<string> named = [.. template.ParameterNames];
        foreach (string name in named)
        {
            if (!declared.ContainsKey(name))
                ReportUndeclared(name, node, declared.Keys);
        }

        foreach (ApiParameter parameter in declared.Values)
        {
            if (!named.Contains(parameter.Name))
                ReportForeign(parameter, template);
            if (!parameter.Required && parameter.ContentType is not null)
                scope.Diagnostics.Add(OpenApiDiagnostics.PathParameterOptional, parameter.Node, $"The path parameter '{parameter.Name}' is not required.", "Add 'required: true': a path always has all its segments.");
        }

        return parameters;
    }

    private void ReportUndeclared(string name, ObjectNode node, IEnumerable<string> declared)
    {
        string? near = scope.Diagnostics.Keeps(OpenApiDiagnostics.UndeclaredPathParameter) ? Suggestion.Closest(name, declared) : null;
        scope.Diagnostics.Add(
            OpenApiDiagnostics.UndeclaredPathParameter,
            node,
            $"The path parameter '{{{name}}}' is not declared; any text is accepted for it.",
            near is null ? $"Add a parameter with 'name: {name}', 'in: path', 'required: true' and a schema." : $"Rename the parameter '{near}' to '{name}', or the other way round.");
    }

    private void ReportForeign(ApiParameter parameter, PathTemplate template) => scope.Diagnostics.Add(
        OpenApiDiagnostics.PathParameterNotInTemplate,
        parameter.Node["name"]!,
        $"The path '{template.Text}' has no '{{{parameter.Name}}}'; the parameter is ignored.",
        template.ParameterNames.Any() ? $"The path has {string.Join(", ", template.ParameterNames.Select(name => $"'{{{name}}}'"))}." : "Remove the parameter, or add it to the path.");

    private ApiRequestBody? BuildBody(DocumentNode? node)
    {
        if (scope.Object(node) is not { } body)
            return null;
        var content = new Dictionary<string, DocumentNode?>(StringComparer.OrdinalIgnoreCase);
        foreach (ObjectMember member in body.Members("content"))
            content[member.Key] = scope.Object(member.Value)?["schema"];
        return new ApiRequestBody(body.Flag("required") ?? false, content, body);
    }
}
