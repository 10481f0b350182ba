using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Whose <c>Forwarded</c> and <c>X-Forwarded-*</c> are believed.</summary>
public class TrustedProxyTests
{
    [Fact]
    public async Task TrustedProxies_OfADocument_AreBelievedByItsOwnOperationsAlone()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document("/a"), new PlanOptions { Upstream = upstream.Url });
        gateway.Reload(Document("/a", "x-gateway-config: { trustedProxies: [127.0.0.1] }"), Document("/b"));

        JsonElement believed = await HeadersOf(gateway, "/a");
        Assert.Equal("192.0.2.1, 127.0.0.1", believed.GetProperty("X-Forwarded-For").GetString());
        Assert.Equal("shop.example", believed.GetProperty("X-Forwarded-Host").GetString());
        Assert.Equal("https", believed.GetProperty("X-Forwarded-Proto").GetString());
        Assert.StartsWith("for=192.0.2.1, for=127.0.0.1;", believed.GetProperty("Forwarded").GetString(), StringComparison.Ordinal);
        Assert.Equal("/shop", believed.GetProperty("X-Forwarded-Prefix").GetString());

        JsonElement replaced = await HeadersOf(gateway, "/b");
        Assert.Equal("127.0.0.1", replaced.GetProperty("X-Forwarded-For").GetString());
        Assert.Equal("http", replaced.GetProperty("X-Forwarded-Proto").GetString());
        Assert.False(replaced.TryGetProperty("X-Forwarded-Prefix", out _));
    }

    [Fact]
    public async Task TrustedProxies_OfTheSettings_AreBelievedByEveryDocument()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        var options = new PlanOptions { Upstream = upstream.Url, TrustedProxies = new TrustedProxies([IPNetwork.Parse("127.0.0.0/8")]) };
        await using TestGateway gateway = await TestGateway.StartAsync(Document("/a", "x-gateway-config: { trustedProxies: [10.0.0.1] }"), options);

        Assert.Equal("192.0.2.1, 127.0.0.1", (await HeadersOf(gateway, "/a")).GetProperty("X-Forwarded-For").GetString());
    }

    [Fact]
    public async Task TrustedProxies_OfADocument_OpenNoAddressListOfAnother()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document("/a"), new PlanOptions { Upstream = upstream.Url });
        gateway.Reload(
            Document("/a", "x-gateway-config: { trustedProxies: [127.0.0.1], addresses: 192.0.2.1 }"),
            Document("/b", "x-gateway-config: { addresses: 192.0.2.1 }"));

        Assert.Equal(HttpStatusCode.OK, await StatusOf(gateway, "/a"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(gateway, "/b"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(gateway, "/a"));
    }

    private static async Task<HttpStatusCode> StatusOf(TestGateway gateway, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static string Document(string path, string config = "") => $$"""
        openapi: 3.1.0
        info: { title: t, version: "1" }
        {{config}}
        paths:
          {{path}}: { get: { responses: { "200": { description: ok } } } }
        """;

    private static async Task<JsonElement> HeadersOf(TestGateway gateway, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Forwarded", "for=192.0.2.1");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("X-Forwarded-Host", "shop.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "/shop");
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers");
    }
}
