using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.OpenApi.Reading;

/// <summary>Finds out which version of the OpenAPI Specification a document follows.</summary>
internal static class VersionReader
{
    /// <summary>The version, or null after a finding.</summary>
    public static OpenApiVersion? Read(DocumentNode root, DiagnosticBag diagnostics)
    {
        if (root is not ObjectNode document)
            return Fail(diagnostics, OpenApiDiagnostics.NotOpenApi, root, $"An OpenAPI document is an object; this is {root.KindName}.", "Begin with 'openapi: 3.1.1'.");
        if (document["swagger"] is { } swagger && !document.Contains("openapi"))
            return Fail(diagnostics, OpenApiDiagnostics.Swagger2, swagger, "This is an OpenAPI 2.0 (Swagger) document.", "Convert it to OpenAPI 3, for example with the swagger2openapi program.");
        if (document["openapi"] is not { } field)
            return Fail(diagnostics, OpenApiDiagnostics.NotOpenApi, root, "The document has no 'openapi' field.", "Begin with 'openapi: 3.1.1'.");
        if (field is not ScalarNode { Kind: ScalarKind.String } version)
            return Fail(diagnostics, OpenApiDiagnostics.NotOpenApi, field, $"'openapi' is a string such as '3.1.1', not {field.KindName}.", "Write all three numbers, in quotes.");
        return Parse(version.Text) ?? Fail(diagnostics, OpenApiDiagnostics.UnsupportedVersion, field, $"Headgate does not read OpenAPI '{version.Text}'.", "It reads 3.0.x, 3.1.x and 3.2.x; write all three numbers.");
    }

    private static OpenApiVersion? Parse(string text)
    {
        string[] parts = text.Split('-', 2)[0].Split('.');
        if (parts.Length != 3 || parts[0] != "3" || parts[2].Length == 0 || !parts[2].All(char.IsAsciiDigit))
            return null;
        return parts[1] switch
        {
            "0" => OpenApiVersion.V30,
            "1" => OpenApiVersion.V31,
            "2" => OpenApiVersion.V32,
            _ => null,
        };
    }

    private static OpenApiVersion? Fail(DiagnosticBag diagnostics, DiagnosticDescriptor descriptor, DocumentNode node, string message, string fix)
    {
        diagnostics.Add(descriptor, node, message, fix);
        return null;
    }
}
