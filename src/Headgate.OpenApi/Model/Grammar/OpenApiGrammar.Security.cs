using static Headgate.OpenApi.Model.Grammar.ScalarRule;
using static Headgate.OpenApi.Model.OpenApiVersion;

namespace Headgate.OpenApi.Model.Grammar;

internal sealed partial class OpenApiGrammar
{
    private static ListRule SecurityRequirements { get; } = new(new MapRule(new ListRule(Text)));

    private void DefineSecurity()
    {
        ScalarRule types = _version == V30
            ? OneOf("apiKey", "http", "oauth2", "openIdConnect")
            : OneOf("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect");
        ObjectRule flows = Define("OAuth Flows Object")
            .Field("implicit", Flow("authorizationUrl"))
            .Field("password", Flow("tokenUrl"))
            .Field("clientCredentials", Flow("tokenUrl"))
            .Field("authorizationCode", Flow("authorizationUrl", "tokenUrl"))
            .Field("deviceAuthorization", Flow("deviceAuthorizationUrl", "tokenUrl"), since: V32);

        SecurityScheme.Field("type", types, required: true)
            .Fields(Text, "description", "name", "scheme", "bearerFormat", "openIdConnectUrl")
            .Field("in", OneOf("query", "header", "cookie"))
            .Field("flows", flows)
            .Field("oauth2MetadataUrl", Text, since: V32)
            .Field("deprecated", Flag, since: V32)
            .When(DocumentConditions.SchemeIsComplete);
    }

    private ObjectRule Flow(params string[] required)
    {
        ObjectRule flow = Define("OAuth Flow Object").Field("scopes", new MapRule(Text), required: true).Field("refreshUrl", Text);
        foreach (string url in (ReadOnlySpan<string>)["authorizationUrl", "tokenUrl", "deviceAuthorizationUrl"])
            flow.Field(url, Text, required: required.Contains(url), since: url == "deviceAuthorizationUrl" ? V32 : V30);
        return flow;
    }
}
