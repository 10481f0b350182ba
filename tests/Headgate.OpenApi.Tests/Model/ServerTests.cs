using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Model;

public class ServerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("servers: []", "")]
    [InlineData("servers: [{ url: / }]", "")]
    [InlineData("servers: [{ url: 'https://api.example.com' }]", "")]
    [InlineData("servers: [{ url: 'https://api.example.com:8443/v1/' }]", "/v1")]
    [InlineData("servers: [{ url: '//api.example.com/v1' }]", "/v1")]
    [InlineData("servers: [{ url: /v1 }, { url: 'http://other/v2/x' }, { url: 'https://third/v1' }]", "/v1 /v2/x")]
    [InlineData("servers: [{ url: ./v1/../v2 }]", "/v2")]
    [InlineData("servers: [{ url: v1 }]", "/v1")]
    [InlineData("servers: [{ url: '/{v}/x', variables: { v: { default: a, enum: [a, b] } } }]", "/a/x /b/x")]
    [InlineData("servers: [{ url: 'https://{host}/{v}', variables: { v: { default: a }, host: { default: x, enum: [x, y, z] } } }]", "/a")]
    [InlineData("servers: [{ url: '{base}/x', variables: { base: { default: 'https://h/v1', enum: ['https://h/v1', /v2] } } }]", "/v1/x /v2/x")]
    public void Load_Servers_GiveBasePaths(string servers, string expected)
    {
        LoadResult result = Loading.LoadRest($"paths: {{}}\n{servers}");

        Assert.Empty(result.Codes());
        Assert.Equal(expected.Split(' '), result.Document().BasePaths);
    }

    [Theory]
    [InlineData("{ url: '/{v' }", "HG1408")]
    [InlineData("{ url: '/v}' }", "HG1408")]
    [InlineData("{ url: '/v1?x=1' }", "HG1408")]
    [InlineData("{ url: '/v 1' }", "HG1408")]
    [InlineData("{ url: '/{versoin}', variables: { version: { default: a } } }", "HG1409")]
    [InlineData("{ url: '/{v}' }", "HG1409")]
    [InlineData("{ url: '/{v}', variables: { v: { default: c, enum: [a, b] } } }", "HG1410")]
    public void Load_MistakeInAServer_IsReported(string server, string code) =>
        Assert.Equal([code], Loading.LoadRest($"paths: {{}}\nservers: [{server}]").Codes());

    [Fact]
    public void Load_VariablesOfManyValues_StopAtTheLimit()
    {
        string variables = string.Join(", ", Enumerable.Range(0, 20).Select(i => $"v{i}: {{ default: '0', enum: [{string.Join(", ", Enumerable.Range(0, 100).Select(n => $"'{n}'"))}] }}"));
        string url = string.Concat(Enumerable.Range(0, 20).Select(i => $"/{{v{i}}}"));

        Assert.Equal(["HG1028"], Loading.LoadRest($"paths: {{}}\nservers: [{{ url: '{url}', variables: {{ {variables} }} }}]").Codes());
    }

    [Fact]
    public void Load_NearerServers_StandInPlaceOfTheDocuments()
    {
        LoadResult result = Loading.LoadRest("""
            servers: [{ url: /v1 }]
            paths:
              /a: { get: {} }
              /b: { servers: [{ url: /v2 }], get: {}, post: { servers: [{ url: /v3 }, { url: /v4 }] } }
              /c: { servers: [{ url: 'https://other.example/v1' }], get: {} }
            """);

        Assert.Empty(result.Codes());
        Assert.Equal(["/v1", "/v2", "/v3 /v4", "/v1"], result.Document().Operations.Select(operation => string.Join(' ', operation.BasePaths)));
    }
}
