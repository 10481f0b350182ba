using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Model;

public class SecurityTests
{
    private const string Schemes = """
        components:
          securitySchemes:
            bearer: { type: http, scheme: Bearer }
            key: { type: apiKey, in: header, name: X-Key }
            oidc: { type: openIdConnect, openIdConnectUrl: 'https://idp.example/.well-known/openid-configuration' }
            alias: { $ref: '#/components/securitySchemes/key' }

        """;

    [Fact]
    public void Load_Schemes_HaveTheFieldsOfTheirType()
    {
        IReadOnlyDictionary<string, ApiSecurityScheme> schemes = Loading.LoadRest(Schemes).Document().SecuritySchemes;

        Assert.Equal("bearer", schemes["bearer"].HttpScheme);
        Assert.Equal(("X-Key", ParameterLocation.Header), (schemes["key"].ParameterName, schemes["key"].In));
        Assert.EndsWith("openid-configuration", schemes["oidc"].OpenIdConnectUrl, StringComparison.Ordinal);
        Assert.Equal(("alias", "apiKey"), (schemes["alias"].Key, schemes["alias"].Type));
    }

    [Theory]
    [InlineData("get: {}", "bearer()")]
    [InlineData("get: { security: [] }", "")]
    [InlineData("get: { security: [{}] }", "anonymous")]
    [InlineData("get: { security: [{ bearer: [a, b], key: [] }, { oidc: [] }] }", "bearer(a,b)+key() | oidc()")]
    public void Load_Security_IsTheOperationsElseTheDocuments(string operation, string expected)
    {
        ApiOperation built = Loading.LoadRest($"{Schemes}security: [{{ bearer: [] }}]\npaths:\n  /a: {{ {operation} }}\n").Document().Operations[0];

        Assert.Equal(expected, string.Join(" | ", built.Security.Select(Show)));
    }

    [Fact]
    public void Load_UndefinedScheme_StaysInTheModelWithAWarning()
    {
        LoadResult result = Loading.LoadRest($"{Schemes}paths:\n  /a: {{ get: {{ security: [{{ baerer: [] }}] }} }}\n");

        Diagnostic finding = result.Single(OpenApiDiagnostics.UndefinedSecurityScheme);
        Assert.Equal(("/paths/~1a/get/security/0/baerer", "Did you mean 'bearer'?"), (finding.Pointer, finding.Fix));
        Assert.Equal(ApiSecurityScheme.UndefinedType, result.Document().SecuritySchemes["baerer"].Type);
        Assert.Equal("baerer()", Show(Assert.Single(result.Document().Operations[0].Security)));
    }

    [Theory]
    [InlineData("{ type: http }", "HG1214")]
    [InlineData("{ type: apiKey }", "HG1214 HG1214")]
    [InlineData("{ type: apiKey, name: k, in: path }", "HG1205")]
    [InlineData("{ type: openIdConnect }", "HG1214")]
    [InlineData("{ type: oauth2, flows: { implicit: { scopes: {} } } }", "HG1202")]
    [InlineData("{ type: oauth2, flows: { deviceAuthorization: {} } }", "HG1204")]
    [InlineData("{ type: jwt }", "HG1205")]
    [InlineData("{}", "HG1202")]
    public void Load_MistakeInAScheme_IsReported(string scheme, string codes) =>
        Assert.Equal(codes.Split(' '), Loading.LoadRest($"components: {{ securitySchemes: {{ s: {scheme} }} }}").Codes());

    private static string Show(SecurityRequirement requirement) => requirement.Schemes.Count == 0
        ? "anonymous"
        : string.Join('+', requirement.Schemes.Select(scheme => $"{scheme.Key}({string.Join(',', scheme.Value)})"));
}
