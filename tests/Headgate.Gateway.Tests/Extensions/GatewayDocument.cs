using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Tests.Extensions;

/// <summary>Documents of which the tests of extensions write only what they are about.</summary>
internal static class GatewayDocument
{
    private static readonly ExtensionRegistry s_registry = GatewayExtensions.RegisterAll(new ExtensionRegistry());

    public static LoadResult Load(string text) => new DocumentLoader(s_registry).Load(DocumentSource.FromText("api.yaml", text));

    /// <summary>A document whose <c>x-gateway-config</c> is the given block.</summary>
    public static GatewayConfigExtension Config(string block) =>
        Good(Load(Document("x-gateway-config:\n" + Indent(block, 2)))).Extensions.Get<GatewayConfigExtension>()!;

    /// <summary>The only operation of a document: <c>POST /orders/{orderId}</c> with a body and a caller.</summary>
    public static ApiOperation Operation(string extensions, string rest = "") => Assert.Single(Good(Load(Document(rest, extensions))).Operations);

    /// <summary>A document with one operation, <c>POST /orders/{orderId}</c> with a body and a caller.</summary>
    public static string Document(string rest, string operation = "") => $$"""
        openapi: 3.1.0
        info: { title: T, version: '1' }
        {{Indent(rest, 0)}}
        components:
          securitySchemes:
            bearerAuth: { type: http, scheme: bearer }
        paths:
          /orders/{orderId}:
            post:
              security: [{ bearerAuth: [] }]
              parameters:
                - { name: orderId, in: path, required: true, schema: { type: string } }
                - { name: page, in: query, schema: { type: integer } }
              requestBody: { content: { application/json: { schema: { type: object } } } }
              responses: { '201': { description: Created } }
        {{Indent(operation, 6)}}
        """;

    /// <summary>What the checkers of all extensions say of a document.</summary>
    public static IReadOnlyList<Diagnostic> Check(string text, params string[] settingsServices)
    {
        var diagnostics = new DiagnosticBag();
        new GatewayExtensionChecks(settingsServices).Check(Good(Load(text)), diagnostics);
        return diagnostics.Items;
    }

    public static ApiDocument Good(LoadResult result)
    {
        Assert.True(result.Document is not null, string.Join('\n', result.Diagnostics.Items.Select(item => $"{item} {item.Pointer}")));
        return result.Document;
    }

    private static string Indent(string block, int columns) =>
        string.Join('\n', block.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', columns) + line));
}
