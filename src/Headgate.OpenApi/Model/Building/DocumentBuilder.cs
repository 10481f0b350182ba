using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Builds the model of a document and reports what the structure check cannot see. Works on documents with mistakes too.</summary>
internal sealed class DocumentBuilder(BuildScope scope, SourceFile entry, IReadOnlyList<SourceFile> files)
{
    public ApiDocument Build(ObjectNode root)
    {
        ExtensionSet extensions = scope.Bind(root, ExtensionLocations.Document);
        var security = new SecurityBuilder(scope, root);
        IReadOnlyDictionary<string, ApiSecurityScheme> schemes = security.BuildSchemes();
        IReadOnlyList<SecurityRequirement> inherited = security.BuildRequirements(root) ?? [];
        var servers = new ServerPaths(scope);
        IReadOnlyList<string> basePaths = servers.Of(root) is { Count: > 0 } paths ? paths : [""];
        var info = root["info"] as ObjectNode;
        return new ApiDocument
        {
            Name = ApiDocument.NameOf(entry.Path),
            Version = scope.Version,
            Title = info?.Text("title") ?? "",
            ApiVersion = info?.Text("version") ?? "",
            BasePaths = basePaths,
            Operations = BuildOperations(root, new OperationBuilder(scope, servers, security, inherited, basePaths)),
            SecuritySchemes = schemes,
            Extensions = extensions,
            Root = root,
            Files = files,
            References = scope.References,
        };
    }

    private List<ApiOperation> BuildOperations(ObjectNode root, OperationBuilder builder)
    {
        var operations = new List<ApiOperation>();
        var shapes = new PathShapes(scope.Diagnostics);
        foreach (ObjectMember member in root.Members("paths"))
        {
            // What is no path was reported by the structure check.
            if (!member.Key.StartsWith('/') || member.Value is not ObjectNode pathItem)
                continue;
            if (!PathTemplate.TryParse(member.Key, out PathTemplate? template, out string? problem))
            {
                scope.Diagnostics.Add(OpenApiDiagnostics.BadPathTemplate, member, $"The path '{member.Key}' is malformed. {problem}", "A path is literal text and parameters such as '/orders/{orderId}'.");
                continue;
            }

            shapes.Add(template, member);
            operations.AddRange(builder.Build(member, pathItem, template));
        }

        return operations;
    }
}
