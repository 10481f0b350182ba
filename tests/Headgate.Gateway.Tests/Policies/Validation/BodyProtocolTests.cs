using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Bodies that are looked at before they are forwarded, in each way in which they come and go.</summary>
public class BodyProtocolTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Bodies, version: v1 }
        x-gateway-config: { errors: DIALECT, validation: { maxBody: 8MiB } }
        paths:
          /notes:
            post:
              parameters: [{ name: page, in: query, schema: { type: integer } }]
              requestBody: { required: true, content: { application/json: { schema: { type: object, required: [note], properties: { note: { type: string } } } } } }
              responses: { "201": { description: made } }
        """;

    [Theory]
    [InlineData(10, false)]
    [InlineData(3_000_000, false)]
    [InlineData(10, true)]
    [InlineData(3_000_000, true)]
    public async Task Body_OverEachProtocol_ArrivesUnchanged(int length, bool http2)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(upstream, http2 ? HttpProtocols.Http2 : HttpProtocols.Http1, "problem");
        byte[] body = Encoding.UTF8.GetBytes($$"""{"note":"{{new string('n', length)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notes")
        {
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
            Version = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using HttpResponseMessage answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        JsonElement echo = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(body.Length, echo.GetProperty("body").GetString()!.Length);
    }

    [Fact]
    public async Task Client_ThatWaitsToContinue_IsToldTo()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(upstream, HttpProtocols.Http1, "problem");
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        await client.SendAsync("POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await client.SendAsync("""{"note":"n"}""");

        Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatGoesAwayInItsBody_HarmsNobody()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(upstream, HttpProtocols.Http1, "problem");
        for (int i = 0; i < 5; i++)
        {
            using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
            await client.SendAsync("POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"note\":");
        }

        using HttpResponseMessage answer = await gateway.Client.PostAsync(new Uri("/notes", UriKind.Relative), JsonContent.Create(new { note = "n" }), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, upstream.Requests);
    }

    // As the reference prints it: one field and its reason; beside them all, where there are several.
    [Theory]
    [InlineData("/notes", """{"note":1}""", """{"field":"note","reason":"must be string, is number"}""")]
    [InlineData("/notes?page=x", "{}", """{"field":"query.page","reason":"must be integer, is string","errors":[{"field":"query.page","reason":"must be integer, is string"},{"field":"note","reason":"is required"}]}""")]
    [InlineData("/notes", "[]", """{"field":"body","reason":"must be object, is array"}""")]
    public async Task Details_OfTheEnvelope_AreThoseOfTheReference(string target, string body, string expected)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(upstream, HttpProtocols.Http1, "envelope");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await gateway.Client.PostAsync(new Uri(target, UriKind.Relative), content, TestContext.Current.CancellationToken);
        JsonElement envelope = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal("VALIDATION_ERROR", envelope.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(expected, envelope.GetProperty("error").GetProperty("details").GetRawText());
    }

    private static Task<TestGateway> StartAsync(EchoUpstream upstream, HttpProtocols protocols, string dialect)
    {
        var options = new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } };
        return TestGateway.StartAsync(Document.Replace("DIALECT", dialect, StringComparison.Ordinal), options, protocols: protocols);
    }
}
