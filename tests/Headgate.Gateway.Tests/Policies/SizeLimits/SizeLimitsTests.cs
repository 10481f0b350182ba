using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Headgate.Gateway.Tests.Policies.SizeLimits;

public class SizeLimitsTests
{
    [Fact]
    public async Task UrlTooLong_OfTheOperation_Is414()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", "x-gateway-limits: { requestUrl: 20B }"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a?q=" + new string('x', 15)));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a?q=" + new string('x', 16));
        Assert.Equal("URI_TOO_LONG", await CodeOfAsync(response, HttpStatusCode.RequestUriTooLong));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /b?q=" + new string('x', 100)));
    }

    [Fact]
    public async Task HeadersTooLarge_OfTheOperation_Are431()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", "x-gateway-limits: { requestHeaders: 200B }"));
        int host = "Host".Length + 4 + gateway.Gateway.Client.BaseAddress!.Authority.Length;
        string longest = new('x', 200 - host - "X-Long".Length - 4);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a", ("X-Long", longest)));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("X-Long", longest + "x"));
        Assert.Equal("REQUEST_HEADER_FIELDS_TOO_LARGE", await CodeOfAsync(response, HttpStatusCode.RequestHeaderFieldsTooLarge));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /b", ("X-Long", longest + "x")));
    }

    [Fact]
    public async Task BodyTooLarge_OfTheOperation_Is413_DeclaredOrNot()
    {
        string document = LimitedGateway.Document("limits: { requestBody: 1KiB }").Replace("post: { operationId: postA,", "post: { operationId: postA, x-gateway-limits: { requestBody: 64B },", StringComparison.Ordinal);
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(document);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(gateway, 64, isChunked: false));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(gateway, 65, isChunked: false));

        // Of a chunked body the frames of the chunks count.
        Assert.Equal(HttpStatusCode.OK, await PostAsync(gateway, 40, isChunked: true));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(gateway, 65, isChunked: true));
    }

    [Fact]
    public async Task WhatTheOperationDoesNotSay_ThePathDoes_AndElseTheDocument()
    {
        const string Document = """
            openapi: 3.1.0
            info: { title: t, version: v1 }
            x-gateway-config: { limits: { requestUrl: 10B } }
            paths:
              /a:
                x-gateway-limits: { requestUrl: 20B }
                get: { operationId: getA, x-gateway-limits: { requestBody: 1KiB }, responses: { "200": { description: ok } } }
                put: { operationId: putA, x-gateway-limits: { requestUrl: 30B }, responses: { "200": { description: ok } } }
              /b:
                get: { operationId: getB, responses: { "200": { description: ok } } }
            """;
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(Document);
        Assert.Equal((20, 30, 10), (await LongestUrlAsync(gateway, "GET /a"), await LongestUrlAsync(gateway, "PUT /a"), await LongestUrlAsync(gateway, "GET /b")));
    }

    private static async Task<int> LongestUrlAsync(LimitedGateway gateway, string request)
    {
        string path = request.Split(' ')[1];
        string url = path + "?";
        while (await gateway.StatusAsync($"{request.Split(' ')[0]} {url}x") == HttpStatusCode.OK)
            url += "x";
        return url.Length;
    }

    private static async Task<HttpStatusCode> PostAsync(LimitedGateway gateway, int bytes, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/a") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.TransferEncodingChunked = isChunked ? true : null;

        // A refused body is not read: its connection is of no further use.
        request.Headers.ConnectionClose = true;
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString();
    }
}
