using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Builds security schemes and requirements.</summary>
internal sealed class SecurityBuilder(BuildScope scope, ObjectNode root)
{
    private readonly Dictionary<string, ApiSecurityScheme> _schemes = new(StringComparer.Ordinal);

    /// <summary>Builds <c>components.securitySchemes</c>. A scheme that leads nowhere is left out.</summary>
    public IReadOnlyDictionary<string, ApiSecurityScheme> BuildSchemes()
    {
        if (root["components"] is not ObjectNode components)
            return _schemes;
        foreach (ObjectMember member in components.Members("securitySchemes"))
        {
            if (scope.Object(member.Value) is { } node && node.Text("type") is { } type)
                _schemes[member.Key] = Build(member.Key, type, node);
        }

        return _schemes;
    }

    /// <summary>The alternatives of an object's <c>security</c>, or null when it has none. Needs the schemes.</summary>
    public IReadOnlyList<SecurityRequirement>? BuildRequirements(ObjectNode owner)
    {
        if (owner["security"] is not ArrayNode list)
            return null;
        var requirements = new List<SecurityRequirement>(list.Items.Count);
        foreach (ObjectNode alternative in list.Items.OfType<ObjectNode>())
            requirements.Add(BuildRequirement(alternative));
        return requirements;
    }

    private SecurityRequirement BuildRequirement(ObjectNode alternative)
    {
        var schemes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (ObjectMember member in alternative.MemberList)
        {
            if (!_schemes.TryGetValue(member.Key, out ApiSecurityScheme? known))
                _schemes.Add(member.Key, Build(member.Key, ApiSecurityScheme.UndefinedType, alternative));
            if (known is null || known.Type == ApiSecurityScheme.UndefinedType)
                ReportUndefined(member);
            schemes.Add(member.Key, member.Value is ArrayNode scopes ? [.. scopes.Items.OfType<ScalarNode>().Select(scope => scope.Text)] : []);
        }

        return new SecurityRequirement(schemes);
    }

    // A warning here and not an error, because the scheme stays in the model as one that nobody can enforce: what compiles the
    // model refuses it, unless the operator leaves security to the services.
    private void ReportUndefined(ObjectMember member)
    {
        string? near = scope.Diagnostics.Keeps(OpenApiDiagnostics.UndefinedSecurityScheme) ? Suggestion.Closest(member.Key, _schemes.Values.Where(scheme => scheme.Type != ApiSecurityScheme.UndefinedType).Select(scheme => scheme.Key)) : null;
        scope.Diagnostics.Add(
            OpenApiDiagnostics.UndefinedSecurityScheme,
            member,
            $"The security scheme '{member.Key}' is not defined; it cannot be enforced.",
            near is null ? $"Add '{member.Key}' under 'components.securitySchemes'." : $"Did you mean '{near}'?");
    }

    private ApiSecurityScheme Build(string key, string type, ObjectNode node) => new()
    {
        Key = key,
        Type = type,
        HttpScheme = type == "http" ? node.Text("scheme")?.ToLowerInvariant() : null,
        ParameterName = type == "apiKey" ? node.Text("name") : null,
        In = type != "apiKey" ? null : node.Text("in") switch
        {
            "query" => ParameterLocation.Query,
            "header" => ParameterLocation.Header,
            "cookie" => ParameterLocation.Cookie,
            _ => null,
        },
        OpenIdConnectUrl = type == "openIdConnect" ? node.Text("openIdConnectUrl") : null,
        Extensions = type == ApiSecurityScheme.UndefinedType ? ExtensionSet.Empty : scope.Bind(node, ExtensionLocations.SecurityScheme),
        Node = node,
    };
}
