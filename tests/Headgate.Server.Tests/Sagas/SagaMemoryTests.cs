using System.Net.Http.Headers;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Sagas;

/// <summary>What sagas that have ended leave in memory: nothing. <c>./headgate bench --scenario sagas</c> shows the same of 100,000 of them, by what the process has of the system.</summary>
public sealed class SagaMemoryTests : IDisposable
{
    private const int Sagas = 2_000;
    private const int BodyBytes = 64 * 1024;
    private const int AtOnce = 8;

    // Less than half of what the clients send: whatever held on to one part of each saga would be out of memory.
    private const int MostHeapBytes = 48 * 1024 * 1024;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task SagasThatHaveEnded_HoldNoMemory()
    {
        Assert.True((long)Sagas * BodyBytes > 2L * MostHeapBytes);
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(AnswerAsync);
        _directory.Write("shop.yaml", """
            openapi: 3.1.0
            info: { title: Shop, version: "1" }
            paths:
              /orders:
                post:
                  operationId: order
                  x-gateway-saga: { steps: [{ name: one, service: shop, path: /one, input: { note: small } }] }
                  requestBody: { content: { application/json: {} } }
                  responses: { "200": { description: done } }
            """);
        await using ProgramProcess gateway = ProgramProcess.Start(
            _directory.Path,
            new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = $"0x{MostHeapBytes:X}" },
            "run", "shop.yaml", "--service", $"shop={upstream.Url}", "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0", "--data", "data");
        Uri url = await gateway.WaitForClientsAsync();

        int[] done = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => PostAsync(url, Sagas / AtOnce)));

        Assert.Equal(Sagas, done.Sum());
        Assert.False(gateway.HasExited, gateway.Error);
        Assert.Equal(Sagas, upstream.Requests);
    }

    private static async Task<int> PostAsync(Uri gateway, int sagas)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        byte[] body = [.. "\""u8, .. Enumerable.Repeat((byte)'x', BodyBytes - 2), .. "\""u8];
        int done = 0;
        for (int i = 0; i < sagas; i++)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using HttpResponseMessage response = await client.PostAsync(new Uri("/orders", UriKind.Relative), content, TestContext.Current.CancellationToken);
            done += (int)response.StatusCode == StatusCodes.Status200OK ? 1 : 0;
        }

        return done;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{}");
    }
}
