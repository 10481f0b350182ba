using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Identity;

/// <summary>A real application (npm's openid-client) signs users in at the commerce user service, all of it through the gateway.</summary>
public class OpenIdConnectTests
{
    // The scheme as openIdConnect; its keys are read at the service's own address, because discovery would lead through the gateway itself.
    private const string AsOpenIdConnect = """
          - target: $.components.securitySchemes.bearerAuth
            remove: true
          - target: $.components.securitySchemes
            update:
              bearerAuth:
                type: openIdConnect
                openIdConnectUrl: "{ISSUER}/.well-known/openid-configuration"
                x-gateway-jwt:
                  issuer: "{ISSUER}"
                  audiences: ["api://orders"]
                  jwks: { service: user-service, path: /identity/jwks.json }
        """;

    [Theory]
    [InlineData("")]
    [InlineData(AsOpenIdConnect)]
    public async Task OpenIdClient_ThroughTheGateway_SignsInCallsRenewsAndIsCaughtReusing(string actions)
    {
        Assert.SkipUnless(NodeScript.Missing is null, NodeScript.Missing ?? "");
        await using var commerce = new CommerceGateway(actions);
        await commerce.InitializeAsync();

        await AssertKeysAreReadAtTheServiceAsync(commerce);
        await AssertFlowAsync(commerce.Issuer, commerce.Gateway, "shop-cli", "-", "http://127.0.0.1:53682/callback");
        JsonElement seen = await AssertFlowAsync(commerce.Issuer, commerce.Gateway, "storefront", CommerceGateway.StorefrontSecret, "http://127.0.0.1:3000/callback");

        // The browser was still signed in: an application that has a secret needs no page.
        Assert.Equal("user-alice", seen.GetProperty("silent").GetString());
        Assert.Equal(200, seen.GetProperty("logoutPage").GetInt32());
    }

    [Fact]
    public async Task OpenIdConnectScheme_OfTheProviderAtItsOwnAddress_FindsIssuerAndKeysByDiscovery()
    {
        Assert.SkipUnless(NodeScript.Missing is null, NodeScript.Missing ?? "");
        using var data = new TemporaryDirectory();
        int port = CommerceGateway.FreePort();
        string issuer = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/identity");
        await using CommerceProgram users = await CommerceProgram.StartAsync(
            1, CommerceGateway.StorefrontSecret, "--service", "user", "--data", data.PathOf("users"), "--issuer", issuer, "--port-base", (port - 2).ToString(CultureInfo.InvariantCulture));
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(data.Write("orders.yaml", $$"""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            paths:
              /orders:
                get: { operationId: listOrders, security: [{ shop: ["orders:read"] }], responses: { "200": { description: ok } } }
                post: { operationId: createOrder, security: [{ shop: ["orders:write"] }], responses: { "201": { description: ok } } }
            components:
              securitySchemes:
                shop: { type: openIdConnect, openIdConnectUrl: "{{issuer}}/.well-known/openid-configuration", x-gateway-jwt: { audiences: ["api://orders"] } }
            """), upstream.Url);

        await AssertFlowAsync(issuer, gateway, "shop-cli", "-", "http://127.0.0.1:53682/callback");

        Assert.Equal(["GET /orders", "GET /orders"], upstream.Requests);
    }

    // The first token has the keys fetched: by then nobody has asked the gateway for them.
    private static async Task AssertKeysAreReadAtTheServiceAsync(CommerceGateway commerce)
    {
        using var login = new StringContent("""{"username":"alice","password":"alice-password"}""", new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage signedIn = await commerce.Gateway.Client.PostAsync("/auth/login", login, TestContext.Current.CancellationToken);
        using JsonDocument answer = JsonDocument.Parse(await signedIn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders");
        request.Headers.Authorization = new("Bearer", answer.RootElement.GetProperty("accessToken").GetString());

        using HttpResponseMessage orders = await commerce.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, orders.StatusCode);
        string metrics = await commerce.Gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        IEnumerable<string> served = metrics.Split('\n').Where(line => line.StartsWith("headgate_requests_total{", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Equal(["listOrders", "login"], served.Select(line => line.Split("operation=\"")[1].Split('"')[0]).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> AssertFlowAsync(string issuer, TestGateway gateway, string clientId, string secret, string redirectUri)
    {
        await using NodeScript application = NodeScript.Start(
            "openid-client.mjs", issuer, clientId, secret, redirectUri, "alice", "alice-password", new Uri(gateway.Client.BaseAddress!, "/orders").ToString());
        using JsonDocument printed = JsonDocument.Parse(await application.ReadLineAsync(TestContext.Current.CancellationToken));
        JsonElement seen = printed.RootElement.Clone();
        (string Name, string Value)[] expected =
        [
            ("server", "True"), ("redirect", "303"), ("issuer", issuer), ("audience", clientId), ("subject", "user-alice"),
            ("scope", "openid profile email offline_access orders:read"), ("name", "Alice Archer"), ("email", "alice@acme.example"),
            ("read", "200"), ("write", "403"), ("idTokenAsAccessToken", "401"),
            ("rotated", "True"), ("renewedSubject", "user-alice"), ("readAgain", "200"),
            ("reused", "invalid_grant"), ("family", "invalid_grant"), ("codeAgain", "invalid_grant"),
        ];
        Assert.Equal(expected, expected.Select(field => (field.Name, seen.GetProperty(field.Name).ToString())));
        return seen;
    }
}
