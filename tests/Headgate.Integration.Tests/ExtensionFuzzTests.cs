using System.Text.Json.Nodes;
using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Integration.Tests;

/// <summary>Whatever a document says, loading and checking give diagnostics, never an exception.</summary>
public class ExtensionFuzzTests
{
    private const int Documents = 3_000;

    private static readonly string[] s_scalars =
    [
        "30", "-1", "0", "1.5", "1e400", "99999999999999999999", "true", "false", "null", "\"\"", "\"30s\"", "\"1MiB\"", "\"long-running\"", "\"a\"", "\"GET\"",
        "\"/orders/{orderId}?x={$tenant}\"", "\"/{\"", "\"//x\"", "\"$request.body#/x\"", "\"$steps.a.response.body\"", "\"$parts.a#/~\"", "\"{$\"", "\"$\"", "\"http://a.example\"",
        "\"${secret:A}\"", "\"header:X\"", "\"2030-01-01\"", "\"\\u0000\"", "\"\\ud800\"", "\"RS256\"", "\"user\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LoadAndCheck_AnyValues_NeverThrow(int seed)
    {
        var random = new Random(seed);
        string[] keys = KeysOfAllSettings();
        int loaded = 0;
        for (int i = 0; i < Documents / 3; i++)
        {
            string text = Document(random, keys);
            LoadResult result = new DocumentLoader(IntegrationDocument.Registry).Load(DocumentSource.FromText("api.json", text));

            Assert.Equal(result.Diagnostics.HasErrors, result.Document is null);
            if (result.Document is not { } document)
                continue;
            loaded++;
            var diagnostics = new DiagnosticBag();
            new GatewayExtensionChecks(["a"]).Check(document, diagnostics);
            new IntegrationExtensionChecks(["a"]).Check(document, diagnostics);
            EnforcementReport.Warn(document, diagnostics);
        }

        // Enough of them get past the binder for the checkers to be tried too.
        Assert.True(loaded > Documents / 100, $"Only {loaded} documents loaded.");
    }

    private static string Document(Random random, string[] keys)
    {
        string config = random.Next(2) == 0 ? $"\"x-gateway-config\": {Value(random, keys, 4)}," : "";
        ExtensionDefinition[] operationExtensions = [.. IntegrationDocument.Registry.Definitions.Values.Where(one => one.Locations.HasFlag(ExtensionLocations.Operation))];
        string extension = operationExtensions[random.Next(operationExtensions.Length)].Name;
        return $$"""
            { "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, {{config}}
              "paths": { "/orders/{orderId}": { "post": {
                "parameters": [{ "name": "orderId", "in": "path", "required": true, "schema": {} }],
                "{{extension}}": {{Value(random, keys, 5)}},
                "responses": { "200": { "description": "OK" } } } } } }
            """;
    }

    private static string Value(Random random, string[] keys, int depth) => random.Next(depth <= 0 ? 1 : 4) switch
    {
        0 => s_scalars[random.Next(s_scalars.Length)],
        1 => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, keys, depth - 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => keys[random.Next(keys.Length)]).Distinct().Select(key => $"\"{key}\":{Value(random, keys, depth - 1)}"))}}}",
    };

    private static string[] KeysOfAllSettings()
    {
        var definitions = (JsonObject)JsonNode.Parse(ExtensionSchemaWriter.Write(IntegrationDocument.Registry))!["$defs"]!;
        return [.. definitions.SelectMany(pair => (pair.Value!["anyOf"]?[0]?["properties"] ?? pair.Value["properties"]) is JsonObject properties ? properties.Select(member => member.Key) : [])
            .Where(key => !key.StartsWith("x-", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }
}
