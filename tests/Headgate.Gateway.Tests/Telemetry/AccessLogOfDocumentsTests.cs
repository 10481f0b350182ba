using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>What a document's <c>x-gateway-config.accessLog</c> says about the log of the instance.</summary>
public class AccessLogOfDocumentsTests
{
    [Theory]
    [InlineData("{ redactQuery: [voucher] }", 1)]
    [InlineData("false", 0)]
    public async Task AccessLog_OfADocument_IsHonoured(string accessLog, int lines)
    {
        string file = Path.GetTempFileName();
        await using (EchoUpstream upstream = await EchoUpstream.StartAsync())
        await using (GatewayTelemetry telemetry = GatewayTelemetry.Create(
            new TelemetryOptions { AccessLog = AccessLogFormat.Json, AccessLogPath = file }, TimeProvider.System, NullLoggerFactory.Instance))
        await using (TestGateway gateway = await TestGateway.StartAsync(
            $$"""
            openapi: 3.1.0
            info: { title: t, version: "1" }
            x-gateway-config: { accessLog: {{accessLog}} }
            paths: { /x: { get: { operationId: getX, responses: { "200": { description: ok } } } } }
            """,
            new PlanOptions { Upstream = upstream.Url },
            telemetry))
        {
            await gateway.Client.GetStringAsync("/x?voucher=hush&page=2");
        }

        string[] written = await File.ReadAllLinesAsync(file);
        File.Delete(file);
        Assert.Equal(lines, written.Length);
        Assert.All(written, line => Assert.Contains("getX", line, StringComparison.Ordinal));
        Assert.All(written, line => Assert.Contains("page=2", line, StringComparison.Ordinal));
        Assert.All(written, line => Assert.DoesNotContain("hush", line, StringComparison.Ordinal));
    }
}
