using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Model;

public class OperationTests
{
    [Fact]
    public void Load_Operations_ComeInDocumentOrderWithTheirIds()
    {
        ApiDocument document = Loading.LoadRest("""
            paths:
              /b: { post: { operationId: createB, deprecated: true }, get: {} }
              /a: { delete: {} }
            """).Document();

        Assert.Equal(["POST createB", "GET GET /b", "DELETE DELETE /a"], document.Operations.Select(operation => $"{operation.Method} {operation.Id}"));
        Assert.Equal([true, false, false], document.Operations.Select(operation => operation.Deprecated));
    }

    [Fact]
    public void Load_MethodsOfOpenApi32_AreOperations()
    {
        LoadResult result = Loading.LoadRest("paths:\n  /a: { query: {}, additionalOperations: { COPY: { operationId: copyA } } }", "3.2.0");

        Assert.Equal(["QUERY", "COPY"], result.Document().Operations.Select(operation => operation.Method));
        Assert.Equal(["HG1220"], Loading.LoadRest("paths:\n  /a: { additionalOperations: { POST: {} } }", "3.2.0").Codes());
        Assert.Equal(["HG1204"], Loading.LoadRest("paths:\n  /a: { query: {} }").Codes());
    }

    [Fact]
    public void Load_ParametersOfPathAndOperation_AreMerged()
    {
        ApiOperation operation = Assert.Single(Loading.LoadRest("""
            paths:
              /a/{id}:
                parameters:
                  - { name: id, in: path, required: true, schema: { type: string } }
                  - { name: X-Trace, in: header, schema: { title: path } }
                  - { name: limit, in: query, schema: {} }
                get:
                  parameters:
                    - { name: x-trace, in: header, required: true, schema: { title: own } }
                    - { name: limit, in: cookie, schema: {} }
            """).Document().Operations);

        Assert.Equal(["id Path", "x-trace Header", "limit Query", "limit Cookie"], operation.Parameters.Select(parameter => $"{parameter.Name} {parameter.In}"));
        Assert.True(operation.Parameters[1].Required);
    }

    [Theory]
    [InlineData("in: path, required: true, schema: {}", "simple", false)]
    [InlineData("in: path, required: true, style: label, schema: {}", "label", false)]
    [InlineData("in: query, schema: {}", "form", true)]
    [InlineData("in: query, explode: false, schema: {}", "form", false)]
    [InlineData("in: query, style: deepObject, schema: {}", "deepObject", false)]
    [InlineData("in: header, schema: {}", "simple", false)]
    [InlineData("in: header, explode: true, schema: {}", "simple", true)]
    [InlineData("in: cookie, schema: {}", "form", true)]
    [InlineData("in: cookie, style: cookie, schema: {}", "cookie", true)]
    public void Load_Parameter_HasTheDefaultsOfItsLocation(string parameter, string style, bool explode)
    {
        ApiParameter built = Assert.Single(Loading.LoadRest($"paths:\n  '/{{p}}': {{ get: {{ parameters: [{{ name: p, {parameter} }}] }} }}", "3.2.0").Document().Operations[0].Parameters);

        Assert.Equal((style, explode), (built.Style, built.Explode));
    }

    [Fact]
    public void Load_ParameterWithContent_HasItsSchema()
    {
        ApiParameter parameter = Assert.Single(Loading.LoadRest("paths:\n  /a: { get: { parameters: [{ name: p, in: query, content: { application/json: { schema: { title: S } } } }] } }").Document().Operations[0].Parameters);

        Assert.Equal("application/json", parameter.ContentType);
        Assert.Equal("{\"title\":\"S\"}", Trees.Show(parameter.Schema!));
    }

    [Fact]
    public void Load_RequestBody_IsFoundThroughItsReference()
    {
        ApiRequestBody? body = Loading.LoadRest("""
            paths:
              /a: { post: { requestBody: { $ref: '#/components/requestBodies/B' } } }
            components:
              requestBodies:
                B: { required: true, content: { application/json: { schema: true }, text/*: {} } }
            """).Document().Operations[0].RequestBody;

        Assert.True(body!.Required);
        Assert.Equal("true", Trees.Show(body.Content["Application/JSON"]!));
        Assert.Null(body.Content["text/*"]);
    }

    [Fact]
    public void Load_PathItemReference_KeepsWhatStandsBesideIt()
    {
        ApiDocument document = Loading.LoadRest("""
            paths:
              /a: { $ref: '#/components/pathItems/A', get: { operationId: near } }
            components:
              pathItems:
                A: { get: { operationId: far }, put: { operationId: put }, parameters: [{ name: q, in: query, schema: {} }] }
            """).Document();

        Assert.Equal(["near", "put"], document.Operations.Select(operation => operation.Id));
        Assert.All(document.Operations, operation => Assert.Equal("q", Assert.Single(operation.Parameters).Name));
    }

    [Theory]
    [InlineData("/a/{x}: { get: {} }\n  /a/{y}: { post: {} }", "HG1403 HG1403 HG1401")]
    [InlineData("/a/{x}.json: {}\n  /a/{y}.json: {}", "HG1401")]
    [InlineData("/a/{x}: {}\n  /a/x: {}\n  /a/{x}/b: {}", "")]
    [InlineData("/a: { get: { operationId: x }, put: { operationId: x } }", "HG1402")]
    [InlineData("/a/{id}: { get: {} }", "HG1403")]
    [InlineData("/a: { get: { parameters: [{ name: id, in: path, required: true, schema: {} }] } }", "HG1405")]
    [InlineData("'/a/{id}': { get: { parameters: [{ name: id, in: path, schema: {} }] } }", "HG1219")]
    [InlineData("'/a/{id}': { get: { parameters: [{ name: id, in: path, content: { text/plain: {} } }] } }", "HG1219")]
    [InlineData("/a: { get: { parameters: [{ name: q, in: query, schema: {} }, { name: q, in: query, schema: {} }] } }", "HG1406")]
    [InlineData("/a: { get: { parameters: [{ name: Q, in: header, schema: {} }, { name: q, in: header, schema: {} }] } }", "HG1406")]
    [InlineData("/a: { get: { parameters: [{ name: Q, in: query, schema: {} }, { name: q, in: query, schema: {} }] } }", "")]
    [InlineData("/a: { get: { parameters: [{ name: Authorization, in: header, schema: {} }] } }", "HG1411")]
    [InlineData("'/a/{b': { get: {} }", "HG1407")]
    [InlineData("a: { get: {} }", "HG1207")]
    public void Load_MistakeInPaths_IsReported(string paths, string codes) =>
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Loading.LoadRest($"paths:\n  {paths}\n").Codes().Order());

    [Fact]
    public void Load_OperationIdOfACallback_IsUniqueToo()
    {
        LoadResult result = Loading.LoadRest("""
            paths:
              /a: { post: { operationId: x, callbacks: { done: { '{$request.query.url}': { post: { operationId: x } } } } } }
            webhooks:
              w: { post: { operationId: x } }
            """);

        Assert.Equal(["HG1402", "HG1402"], result.Codes());
    }

    [Fact]
    public void Load_SharedPathItemWithOperationId_IsReportedAtTheSecondPath()
    {
        LoadResult result = Loading.LoadRest("""
            paths:
              /a: { $ref: '#/components/pathItems/A' }
              /b: { $ref: '#/components/pathItems/A' }
            components: { pathItems: { A: { get: { operationId: x } } } }
            """);

        Assert.Equal("/paths/~1b", result.Single(OpenApiDiagnostics.DuplicateOperationId).Pointer);
    }
}
