using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Gateway.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>Keys in URLs do not reach the access log, in their place and out of it, whether they hold or not.</summary>
public class ApiKeyTelemetryTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        security: [{ partner: [] }]
        paths:
          /orders: { get: { operationId: orders, responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            partner: { type: apiKey, in: query, name: partner, x-gateway-api-key: {} }
        """;

    [Theory]
    [InlineData("/orders?page=1&partner=KEY", 200)]
    [InlineData("/orders?page=1&PARTNER=KEY", 401)]
    [InlineData("/orders?page=1&partner=sesame-KEY", 401)]
    [InlineData("/orders?page=1&other=KEY", 401)]
    [InlineData("/orders?page=1&KEY", 401)]
    [InlineData("/KEY/orders?page=1", 404)]
    public async Task Key_InAUrl_IsInNoLineOfTheAccessLog(string target, int status)
    {
        string file = Path.GetTempFileName();
        var options = new TelemetryOptions { AccessLog = AccessLogFormat.Json, AccessLogPath = file };
        string secret;
        await using (GatewayTelemetry telemetry = GatewayTelemetry.Create(options, TimeProvider.System, NullLoggerFactory.Instance))
        await using (KeyedGateway gateway = await KeyedGateway.StartAsync(Document, telemetry))
        {
            IssuedApiKey key = await gateway.CreateAsync();
            secret = key.Text[^20..];
            Assert.Equal(status, await gateway.StatusAsync(target.Replace("KEY", key.Text, StringComparison.Ordinal)));
        }

        string written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        Assert.Contains("page=1", written, StringComparison.Ordinal);
        Assert.Contains("REDACTED", written, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
    }
}
