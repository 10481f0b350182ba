using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Integration.Tests;

/// <summary>Documents of which the tests of extensions write only what they are about.</summary>
internal static class IntegrationDocument
{
    /// <summary>Every extension of this build.</summary>
    public static ExtensionRegistry Registry { get; } = IntegrationExtensions.RegisterAll(GatewayExtensions.RegisterAll(new ExtensionRegistry()));

    /// <summary>Loads a document with one operation, by default <c>POST /orders</c>, with a body, a caller and the commerce services.</summary>
    public static LoadResult Load(string extension, string method = "post") => new DocumentLoader(Registry).Load(DocumentSource.FromText("api.yaml", $$"""
        openapi: 3.1.0
        info: { title: T, version: '1' }
        x-gateway-config:
          services:
            product-service: http://p.example
            inventory-service: http://i.example
            order-service: http://o.example
            payment-service: http://y.example
        components:
          securitySchemes:
            bearerAuth: { type: http, scheme: bearer }
        paths:
          /orders:
            {{method}}:
              security: [{ bearerAuth: [] }]
              requestBody: { content: { application/json: { schema: { type: object } } } }
              responses: { '201': { description: Created } }
        {{Indent(extension)}}
        """));

    public static ApiDocument Good(string extension, string method = "post")
    {
        LoadResult result = Load(extension, method);
        Assert.True(result.Document is not null, string.Join('\n', result.Diagnostics.Items.Select(item => $"{item} {item.Pointer}")));
        return result.Document;
    }

    public static T Get<T>(string extension)
        where T : class
        => Assert.IsType<T>(Assert.Single(Good(extension).Operations).Extensions.Get<T>());

    /// <summary>What the checkers of all extensions of this assembly say.</summary>
    public static IReadOnlyList<Diagnostic> Check(string extension, string method = "post")
    {
        var diagnostics = new DiagnosticBag();
        new IntegrationExtensionChecks([]).Check(Good(extension, method), diagnostics);
        return diagnostics.Items;
    }

    private static string Indent(string block) => string.Join('\n', block.Split('\n').Select(line => line.Length == 0 ? line : "      " + line));
}
