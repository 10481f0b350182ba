using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Model;

public class StructureTests
{
    [Fact]
    public void Load_ManyMistakes_AreReportedAtOnceWithPlaceAndFix()
    {
        LoadResult result = Loading.LoadText("""
            openapi: 3.1.0
            info:
              titel: T
              version: 1.0
            paths:
              /a:
                get:
                  operationID: x
                  parameters: { name: q }
                  responses:
                    '20': { description: d }
                    '200': {}
                    '404':
                      $ref: '#/components/responses/NotFond'
                  tags: [1]
            components:
              responses:
                NotFound: { description: none }
              schemas:
                'a b': { type: strng, minLength: -1, required: [x, x] }
            """);

        Assert.Null(result.Document);
        Assert.Equal(
            [
                "api.yaml:3:3 HG1203", "api.yaml:3:3 HG1202", "api.yaml:4:12 HG1201", "api.yaml:8:7 HG1203", "api.yaml:9:19 HG1201",
                "api.yaml:11:9 HG1207", "api.yaml:12:16 HG1202", "api.yaml:14:17 HG1301", "api.yaml:15:14 HG1201",
                "api.yaml:20:5 HG1207", "api.yaml:20:20 HG1205", "api.yaml:20:38 HG1221", "api.yaml:20:56 HG1216",
            ],
            result.Diagnostics.Items.Select(item => $"{item.Location} {item.Code}"));
        Assert.Contains("'title'", result.Single(OpenApiDiagnostics.UnknownField, "titel").Fix, StringComparison.Ordinal);
        Assert.Contains("quotes", result.Single(OpenApiDiagnostics.WrongKind, "found number", 4).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.0.3", "{ type: string, nullable: true, exclusiveMinimum: true }", "")]
    [InlineData("3.0.3", "{ exclusiveMinimum: 5 }", "HG1201")]
    [InlineData("3.0.3", "{ type: [string] }", "HG1201")]
    [InlineData("3.0.3", "true", "HG1201")]
    [InlineData("3.0.3", "{ const: 1 }", "HG1215")]
    [InlineData("3.0.3", "{ type: 'null' }", "HG1205")]
    [InlineData("3.1.0", "{ type: [string, 'null'], exclusiveMinimum: 5, if: true, then: { const: 1 } }", "")]
    [InlineData("3.1.0", "{ type: [] }", "HG1206")]
    [InlineData("3.1.0", "{ type: [string, string] }", "HG1216")]
    [InlineData("3.1.0", "{ type: any }", "HG1205")]
    [InlineData("3.1.0", "{ allOf: [] }", "HG1206")]
    [InlineData("3.1.0", "{ allOf: {} }", "HG1201")]
    [InlineData("3.1.0", "{ properties: { a: 1 } }", "HG1201")]
    [InlineData("3.1.0", "{ maxLength: 1.5 }", "HG1221")]
    [InlineData("3.1.0", "{ multipleOf: 0 }", "HG1221")]
    [InlineData("3.1.0", "{ requierd: [a] }", "HG1215")]
    [InlineData("3.1.0", "{ myOwnKeyword: [a], x-any: 1 }", "")]
    [InlineData("3.1.0", "{ $id: 'https://e.example/s' }", "HG1307")]
    [InlineData("3.1.0", "{ default: { type: 7 }, example: { $ref: 7 }, enum: [{ $ref: x }], const: { a: b } }", "")]
    [InlineData("3.1.0", "{ properties: { $ref: { type: string } } }", "")]
    public void Load_Schema_IsHeldToItsVersion(string version, string schema, string codes) =>
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), Loading.LoadRest($"paths: {{}}\ncomponents: {{ schemas: {{ S: {schema} }} }}", version).Codes());

    [Theory]
    [InlineData("3.0.3", "webhooks: {}", "HG1202 HG1204")]
    [InlineData("3.0.3", "paths: { /a: { get: {} } }", "HG1202")]
    [InlineData("3.1.0", "paths: { /a: { get: { responses: { '200': {} } } } }", "HG1202")]
    [InlineData("3.2.0", "paths: { /a: { get: { responses: { '200': {} } } } }", "")]
    [InlineData("3.1.0", "paths: {}\ntags: [{ name: a, kind: nav }]", "HG1204")]
    [InlineData("3.2.0", "paths: {}\ntags: [{ name: a, kind: nav }]", "")]
    [InlineData("3.1.0", "components: { links: { l: {} } }", "HG1202")]
    [InlineData("3.1.0", "components: { links: { l: { operationId: a, operationRef: b } } }", "HG1209")]
    [InlineData("3.1.0", "components: { examples: { e: { value: 1, externalValue: x } } }", "HG1209")]
    [InlineData("3.1.0", "components: { parameters: { p: { name: p, in: query } } }", "HG1210")]
    [InlineData("3.1.0", "components: { parameters: { p: { name: p, in: query, schema: {}, content: { a/b: {} } } } }", "HG1210")]
    [InlineData("3.1.0", "components: { parameters: { p: { name: p, in: query, content: { a/b: {}, c/d: {} } } } }", "HG1210")]
    [InlineData("3.1.0", "components: { parameters: { p: { name: p, in: header, schema: {}, style: form } } }", "HG1211")]
    [InlineData("3.1.0", "components: { parameters: { p: { name: p, in: header, schema: {}, allowEmptyValue: true } } }", "HG1213")]
    [InlineData("3.1.0", "components: { headers: { h: { name: h, schema: {} } } }", "HG1203")]
    [InlineData("3.1.0", "components: { callbacks: { c: { '{$url}': { post: { summary: 1 } } } } }", "HG1201")]
    [InlineData("3.1.0", "webhooks: { w: { pst: {} } }", "HG1203")]
    [InlineData("3.1.0", "paths: { /a: ~ }", "HG1201")]
    public void Load_Object_IsHeldToItsTable(string version, string rest, string codes) =>
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Loading.LoadRest(rest, version).Codes().Order());

    [Theory]
    [InlineData("paths: { /a: { get: { responses: { '200': { description: d, x-gateway-cache: {} } } } } }", "/paths/~1a/get/responses/200/x-gateway-cache")]
    [InlineData("paths: {}\ninfo2: 1\ncomponents: { schemas: { S: { x-gateway-cache: {} } } }", "/components/schemas/S/x-gateway-cache")]
    [InlineData("webhooks: { w: { post: { x-gateway-cache: {} } } }", "/webhooks/w/post/x-gateway-cache")]
    [InlineData("paths: { /a: { post: { callbacks: { c: { u: { x-gateway-cache: {} } } } } } }", "/paths/~1a/post/callbacks/c/u/x-gateway-cache")]
    [InlineData("components: { pathItems: { P: { get: { x-gateway-cache: {} } } } }", "/components/pathItems/P/get/x-gateway-cache")]
    [InlineData("components: { responses: { P: { $ref: '#/components/responses/R', x-gateway-cache: {} }, R: { description: d } } }", "/components/responses/P/x-gateway-cache")]
    public void Load_GatewayExtensionElsewhere_IsAnError(string rest, string pointer) =>
        Assert.Equal(pointer, Loading.LoadRest(rest).Single(OpenApiDiagnostics.MisplacedExtension).Pointer);

    [Fact]
    public void Load_GatewayExtensionWhereItBelongs_IsLeftToTheBinder()
    {
        LoadResult result = Loading.LoadRest("""
            x-gateway-config: {}
            paths: { /a: { $ref: '#/components/pathItems/P', x-other: 1 } }
            components:
              pathItems: { P: { x-gateway-backend: {}, get: { x-gateway-backend: {} } } }
              securitySchemes: { s: { type: http, scheme: bearer, x-gateway-jwt: {} } }
            """);

        Assert.DoesNotContain("HG1217", result.Codes());
    }
}
