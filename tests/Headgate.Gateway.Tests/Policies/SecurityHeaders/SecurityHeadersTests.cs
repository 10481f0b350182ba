using System.Net;
using Headgate.Gateway.Policies.SecurityHeaders;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.SecurityHeaders;

/// <summary>What browsers are told to keep from doing with answers. That HSTS goes out over TLS is in the server's tests.</summary>
public class SecurityHeadersTests
{
    private static readonly string[] s_names =
        ["X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Strict-Transport-Security"];

    [Theory]
    [InlineData("", "", "")]
    [InlineData("securityHeaders: true", "", "nosniff|DENY|default-src 'none'; frame-ancestors 'none'|no-referrer|||")]
    [InlineData("securityHeaders: true", "x-gateway-security-headers: false", "")]
    [InlineData("", "x-gateway-security-headers: { frames: same-origin, noSniff: false, contentSecurityPolicy: \"default-src 'self'\", permissionsPolicy: camera=(), resourcePolicy: same-site }",
        "|SAMEORIGIN|default-src 'self'|no-referrer|camera=()|same-site|")]
    [InlineData("securityHeaders: { frames: any, contentSecurityPolicy: none, referrerPolicy: none, hsts: 365d, hstsSubdomains: true }", "", "nosniff||||||")]
    public async Task Answer_HasTheFieldsThatTheDocumentAsksFor(string config, string ofA, string expected)
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document(config, ofA));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        Assert.Equal(expected, Fields(response).Trim('|') is "" ? "" : Fields(response));
    }

    [Fact]
    public async Task Field_OfTheService_Stays()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("securityHeaders: true"), context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return context.Response.WriteAsync("<h1>Orders</h1>");
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        Assert.Equal("nosniff|DENY|default-src 'self'|no-referrer|||", Fields(response));
    }

    [Fact]
    public async Task Error_OfTheGateway_HasThemToo()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("securityHeaders: true, rateLimit: { limits: [{ name: once, by: ip, limit: 1, window: 1m }] }"));
        await gateway.StatusAsync("GET /a");
        using HttpResponseMessage refused = await gateway.SendAsync("GET /a");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.StartsWith("nosniff|DENY|", Fields(refused), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_OfThePage_AreTheRecord() =>
        new ReferencePage("security-headers.md").Holds("x-gateway-security-headers", ExtensionReferenceWriter.WriteTable(typeof(SecurityHeadersExtension)));

    [Fact]
    public async Task Example_OfThePage_AnswersAsItSays()
    {
        string[] lines = new ReferencePage("security-headers.md").Read().Split('\n');
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(string.Join('\n', lines.SkipWhile(line => line != "```yaml example").Skip(1).TakeWhile(line => line != "```")));
        string[][] rows = [.. lines.SkipWhile(line => !line.StartsWith("| request |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim(' ', '`')).ToArray())];
        Assert.NotEmpty(rows);
        foreach (string[] row in rows)
        {
            using HttpResponseMessage response = await gateway.SendAsync(row[0]);
            Assert.Equal((row[0], row[1], row[2]), (row[0], Value(response, "Content-Security-Policy"), Value(response, "X-Frame-Options")));
        }
    }

    private static string Fields(HttpResponseMessage response) => string.Join('|', s_names.Select(name => Value(response, name)));

    private static string Value(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : "";
}
