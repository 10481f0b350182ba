using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Errors;

/// <summary><c>errors.upstream: map</c>: the upstream's error in the API's form.</summary>
public class UpstreamErrorMappingTests
{
    [Theory]
    [InlineData("""{"error":{"code":"OUT_OF_STOCK","message":"None left."}}""", "OUT_OF_STOCK", "None left.")]
    [InlineData("""{"code":"OUT_OF_STOCK","message":"None left."}""", "OUT_OF_STOCK", "None left.")]
    [InlineData("""{"error":"invalid_grant","error_description":"None left."}""", "invalid_grant", "None left.")]
    [InlineData("""{"detail":"None left."}""", "CONFLICT", "None left.")]
    [InlineData("""[1]""", "CONFLICT", "The service shop answered with status 409.")]
    [InlineData("""{"broken""", "CONFLICT", "The service shop answered with status 409.")]
    public async Task Map_UsualForms_KeepCodeAndMessage(string body, string code, string detail)
    {
        JsonElement problem = await AnswerOf(409, "application/json", body, chunked: false, "problem");
        Assert.Equal(409, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal("shop", problem.GetProperty("service").GetString());
    }

    [Fact]
    public async Task Map_ChunkedBody_IsReadAsWell()
    {
        JsonElement problem = await AnswerOf(503, "application/json", """{"message":"Closed on Sundays."}""", chunked: true, "problem");
        Assert.Equal("Closed on Sundays.", problem.GetProperty("detail").GetString());
        Assert.Equal("SERVICE_UNAVAILABLE", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Map_OtherDialect_HasItsForm()
    {
        JsonElement envelope = await AnswerOf(404, "application/problem+json", """{"title":"Gone","detail":"No such order."}""", chunked: false, "envelope");
        Assert.False(envelope.GetProperty("success").GetBoolean());
        Assert.Equal("No such order.", envelope.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("NOT_FOUND", envelope.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Map_ProblemInTheProblemDialect_PassesUnchanged()
    {
        const string body = """{"type":"https://shop.example/errors/1","title":"Gone","own":7}""";
        Assert.Equal(body, (await AnswerOf(410, "application/problem+json", body, chunked: false, "problem")).GetRawText());
    }

    [Fact]
    public async Task Map_LargeBody_SaysItsStatusAlone()
    {
        JsonElement problem = await AnswerOf(500, "application/json", $$"""{"message":"{{new string('x', 100_000)}}"}""", chunked: false, "problem");
        Assert.Equal("The service shop answered with status 500.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Map_ConnectionBreaksOff_Is502()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"mess");
        });
        await using TestGateway gateway = await StartAsync(upstream.Url, "problem");
        using HttpResponseMessage response = await gateway.Client.GetAsync("/x");
        Assert.Equal(502, (int)response.StatusCode);
        Assert.Contains("upstream-body-incomplete", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AnswerOf(int status, string type, string body, bool chunked, string dialect)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.Headers.RetryAfter = "7";
            context.Response.Headers.ETag = "\"of the body that goes\"";
            if (!chunked)
                context.Response.ContentLength = body.Length;
            await context.Response.WriteAsync(body);
        });
        await using TestGateway gateway = await StartAsync(upstream.Url, dialect);
        using HttpResponseMessage response = await gateway.Client.GetAsync("/x");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<TestGateway> StartAsync(Uri upstream, string dialect) => TestGateway.StartAsync(
        $$"""
        openapi: 3.1.0
        info: { title: t, version: "1" }
        x-gateway-config: { errors: { dialect: {{dialect}}, upstream: map } }
        paths: { /x: { get: { responses: { "200": { description: ok } } } } }
        """,
        new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["shop"] = [upstream] } });
}
