using System.Net;
using System.Text;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Policies.View;

/// <summary>Views of what comes in many pieces, and of what is put together.</summary>
public class ViewStreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task LargeAnswer_ThatComesInPieces_IsTheViewOfAllOfIt(HttpProtocols protocols)
    {
        const int items = 10_000;
        const int pieceBytes = 777;
        string whole = $"[{string.Join(", ", Enumerable.Range(0, items).Select(i => $$"""{"x":"é\"{{i}}","id":{{i}},"price":{"tax":1,"amount":{{i}}.50},"tags":["a",{"b":[]}]}"""))}]";
        string view = $"[{string.Join(",", Enumerable.Range(0, items).Select(i => $$$"""{"id":{{{i}}},"price":{"amount":{{{i}}}.50}}"""))}]";
        byte[] bytes = Encoding.UTF8.GetBytes(whole);
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            for (int at = 0; at < bytes.Length; at += pieceBytes)
            {
                await context.Response.Body.WriteAsync(bytes.AsMemory(at, Math.Min(pieceBytes, bytes.Length - at)));
                await context.Response.Body.FlushAsync();
            }
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Document("x-gateway-backend: upstream"), Options(upstream), protocols: protocols);

        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage response = await AskAsync(gateway, "mobile", protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11);
            Assert.Equal(view, await response.Content.ReadAsStringAsync(Stop));
        }
    }

    // What failed is told in a member as any other: a view has it when it names it.
    [Theory]
    [InlineData("mobile", """{"id":1,"price":null}""")]
    [InlineData("full", """{"id":1,"price":null,"errors":[{"part":"price","status":404}]}""")]
    public async Task AggregateThatLacksAPart_TellsSo_InTheViewsThatNameErrors(string view, string expected)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/a" ? 200 : 404;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("1");
        });
        const string parts = "x-gateway-aggregate: [{ service: upstream, path: /a, field: id }, { service: upstream, path: /b, field: price, optional: true }]";
        await using TestGateway gateway = await TestGateway.StartAsync(Document(parts), Options(upstream));

        using HttpResponseMessage response = await AskAsync(gateway, view, HttpVersion.Version11);

        Assert.Equal((expected, "no-store"), (await response.Content.ReadAsStringAsync(Stop), response.Headers.CacheControl!.ToString()));
    }

    private static PlanOptions Options(EchoUpstream upstream) => new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } };

    private static async Task<HttpResponseMessage> AskAsync(TestGateway gateway, string view, Version version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/items") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("X-View", view);
        return await gateway.Client.SendAsync(request, Stop);
    }

    private static string Document(string handler) => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        paths:
          /items:
            get:
              operationId: getItems
              {{handler}}
              x-gateway-view: { views: { mobile: [id, price.amount], full: [id, price, errors.part, errors.status] } }
              responses: { "200": { description: ok } }
        """;
}
