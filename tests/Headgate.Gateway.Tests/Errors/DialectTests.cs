using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Errors;

/// <summary>One failure in the three dialects, as a client sees it.</summary>
public class DialectTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Problem_IsRfc9457()
    {
        (JsonElement body, string? type) = await RefusedConnectionAsync("problem");
        Assert.Equal("application/problem+json", type);
        Assert.Equal("urn:headgate:error:upstream-connect-failed", body.GetProperty("type").GetString());
        Assert.Equal("The upstream service could not be reached.", body.GetProperty("title").GetString());
        Assert.Equal(502, body.GetProperty("status").GetInt32());
        Assert.Equal("BAD_GATEWAY", body.GetProperty("code").GetString());
        Assert.Equal("/x", body.GetProperty("instance").GetString());
        Assert.Equal(Trace, body.GetProperty("traceId").GetString());
        Assert.NotEmpty(body.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Envelope_IsThatOfTheReference()
    {
        (JsonElement body, string? type) = await RefusedConnectionAsync("envelope");
        Assert.Equal("application/json", type);
        Assert.False(body.GetProperty("success").GetBoolean());
        Assert.Equal("BAD_GATEWAY", body.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEmpty(body.GetProperty("error").GetProperty("message").GetString()!);
        JsonElement meta = body.GetProperty("meta");
        Assert.Equal("req_my-request", meta.GetProperty("request_id").GetString());
        Assert.Equal("v7", meta.GetProperty("api_version").GetString());
        Assert.True(meta.GetProperty("timestamp").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public async Task Service_NamesTheUpstreamAtFault_AndTheGatewayAsSpeaker()
    {
        (JsonElement body, string? type) = await RefusedConnectionAsync("service");
        Assert.Equal("application/json", type);
        Assert.Equal("BAD_GATEWAY", body.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("shop", body.GetProperty("error").GetProperty("service").GetString());
        Assert.Equal("api-gateway", body.GetProperty("service").GetString());
        Assert.Equal(Trace, body.GetProperty("traceId").GetString());
        Assert.True(body.GetProperty("timestamp").TryGetDateTimeOffset(out _));
    }

    private static async Task<(JsonElement Body, string? Type)> RefusedConnectionAsync(string dialect)
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        string document = $$"""
            openapi: 3.1.0
            info: { title: t, version: v7 }
            x-gateway-config: { errors: {{dialect}} }
            paths: { /x: { get: { responses: { "200": { description: ok } } } } }
            """;
        await using TestGateway gateway = await TestGateway.StartAsync(
            document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["shop"] = [dead.Url] } });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x");
        request.Headers.Add("X-Request-ID", "my-request");
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(), response.Content.Headers.ContentType?.MediaType);
    }
}
