using System.Net;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Tests.Telemetry;

public class AccessLogLineTests
{
    /// <summary>The line of a request with all but an error, as the reference page shows it.</summary>
    internal static string Example(AccessLogFormat format) => Format(ThroughUpstream(new ManualTime()), format);

    /// <summary>The names of a line's fields, those of nested objects with a dot.</summary>
    internal static IEnumerable<string> FieldsOf(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return [.. json.RootElement.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object
            ? member.Value.EnumerateObject().Select(inner => $"{member.Name}.{inner.Name}")
            : [member.Name])];
    }

    [Fact]
    public void Json_RequestThroughAnUpstream_HasEveryField()
    {
        var time = new ManualTime();
        GatewayContext context = ThroughUpstream(time);

        string line = Format(context, AccessLogFormat.Json);

        Assert.Equal(
            """
            {"time":"2026-01-02T00:00:00.000Z","requestId":"request-1","correlationId":"correlation-1","traceId":"00000000000001020000000000000304","client":"192.0.2.7","method":"GET","path":"/v1/orders","query":"page=1","protocol":"HTTP/1.1","api":"shop","operation":"listOrders","status":200,"bytes":12,"durationMs":12.500,"upstream":{"service":"orders","address":"127.0.0.1:9001","connectMs":1.000,"headMs":2.000,"totalMs":5.000},"userAgent":"test/1.0"}

            """,
            line);
    }

    [Fact]
    public void Text_RequestThroughAnUpstream_HasEveryField()
    {
        var time = new ManualTime();
        GatewayContext context = ThroughUpstream(time);

        string line = Format(context, AccessLogFormat.Text);

        Assert.Equal(
            """
            2026-01-02T00:00:00.000Z 192.0.2.7 "GET /v1/orders?page=1 HTTP/1.1" 200 12B 12.500ms api="shop" operation="listOrders" service="orders" address="127.0.0.1:9001" connect=1.000ms head=2.000ms total=5.000ms id="request-1" correlation="correlation-1" trace=00000000000001020000000000000304 agent="test/1.0"

            """,
            line);
    }

    [Theory]
    [InlineData("192.0.2.0/24", "203.0.113.9")]
    [InlineData("198.51.100.0/24", "192.0.2.7")]
    public void Client_BehindAProxy_IsTheOneThatATrustedProxyTellsOf(string trusted, string expected)
    {
        GatewayContext context = ThroughUpstream(new ManualTime());

        // Where no operation was found the instance's own list counts.
        (context.Operation, context.Plan) = (null, GatewayPlan.Empty with { TrustedProxies = new TrustedProxies([IPNetwork.Parse(trusted)]) });
        context.Request.Headers["X-Forwarded-For"] = "10.0.0.1, 203.0.113.9";

        Assert.Contains($"\"client\":\"{expected}\",", Format(context, AccessLogFormat.Json), StringComparison.Ordinal);
        Assert.Contains($" {expected} \"GET", Format(context, AccessLogFormat.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_RequestWithoutRouteOrAgent_LeavesFieldsOut()
    {
        GatewayContext context = TestRequest.Ended(agent: null, error: ErrorCatalogue.RouteNotFound);

        using JsonDocument line = JsonDocument.Parse(Format(context, AccessLogFormat.Json));

        Assert.Equal("route_not_found", line.RootElement.GetProperty("error").GetString());
        Assert.Equal(404, line.RootElement.GetProperty("status").GetInt32());
        foreach (string absent in (string[])["api", "operation", "upstream", "userAgent", "query"])
            Assert.False(line.RootElement.TryGetProperty(absent, out _), absent);
    }

    [Fact]
    public void Upstream_TimingsOfAnEarlierTry_AreNotWritten()
    {
        var time = new ManualTime();
        GatewayContext context = ThroughUpstream(time);
        context.Timings.UpstreamStartedAt = context.Timings.UpstreamEndedAt + 10_000;

        using JsonDocument line = JsonDocument.Parse(Format(context, AccessLogFormat.Json));

        JsonElement upstream = line.RootElement.GetProperty("upstream");
        Assert.False(upstream.TryGetProperty("connectMs", out _));
        Assert.False(upstream.TryGetProperty("headMs", out _));
    }

    [Theory]
    [InlineData("a\r\n{\"status\":200}")]
    [InlineData("a\u0000b\u001b[2Jc\u007fd")]
    [InlineData("a\u0085b\u2028c\u2029d")]
    [InlineData("\"},\"status\":200,\"x\":{\"")]
    [InlineData("trailing backslash \\")]
    [InlineData("\u202egnp.exe\u2066x")]
    [InlineData("\ud800 lone \udc00")]
    public void Lines_WithHostileText_AreOneLineAndOneObject(string hostile)
    {
        GatewayContext context = TestRequest.Ended(path: "/" + hostile, query: "?q=" + hostile, agent: hostile, method: hostile);

        string json = Format(context, AccessLogFormat.Json);
        string text = Format(context, AccessLogFormat.Text);

        Assert.DoesNotContain(json[..^1], IsDangerous);
        Assert.DoesNotContain(text[..^1], IsDangerous);
        using JsonDocument line = JsonDocument.Parse(json);
        string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(hostile));
        Assert.Equal(expected, line.RootElement.GetProperty("userAgent").GetString());
        Assert.Equal("/" + expected, line.RootElement.GetProperty("path").GetString());
        Assert.Equal(200, line.RootElement.GetProperty("status").GetInt32());
        Assert.Single(line.RootElement.EnumerateObject(), member => member.Name == "status");
    }

    [Fact]
    public void Lines_WithEndlessText_StayBoundedAndWhole()
    {
        string endless = string.Concat(Enumerable.Repeat("\u0001\"x", 20_000));
        GatewayContext context = TestRequest.Ended(
            new TestApi(endless).Add(endless, "GET /orders").Plan().Apis[0].Operations[0], path: "/" + endless, query: "?a=" + endless + "&b=1", agent: endless, method: endless);
        context.RequestId = endless;
        context.CorrelationId = endless + "!";

        foreach (AccessLogFormat format in (AccessLogFormat[])[AccessLogFormat.Json, AccessLogFormat.Text])
            Assert.InRange(Encoding.UTF8.GetByteCount(Format(context, format)), 4000, AccessLogFields.BufferBytes);
        using JsonDocument line = JsonDocument.Parse(Format(context, AccessLogFormat.Json));
        Assert.EndsWith("...", line.RootElement.GetProperty("userAgent").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfARequestWithSecrets_HaveNoneOfThem()
    {
        const string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
        GatewayContext context = TestRequest.Ended(path: $"/v1/links/{token}/x", query: $"?access_token=s3cret1&page=2&x={token}&{token}&API-Key=s3cret2");
        context.Request.Headers.Authorization = "Bearer s3cret3";
        context.Request.Headers.Cookie = "sid=s3cret4";

        foreach (AccessLogFormat format in (AccessLogFormat[])[AccessLogFormat.Json, AccessLogFormat.Text])
        {
            string line = Format(context, format);
            Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
            Assert.DoesNotContain("eyJ", line, StringComparison.Ordinal);
            Assert.Contains("/v1/links/REDACTED/x", line, StringComparison.Ordinal);
            Assert.Contains("access_token=REDACTED&page=2&x=REDACTED&REDACTED&API-Key=REDACTED", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Target_ThatCouldNotBeUnderstood_IsWrittenWithoutUserAndSecrets()
    {
        GatewayContext context = TestRequest.Ended(path: "http://user:s3cret@shop.example/a%zz", query: "?token=s3cret", error: ErrorCatalogue.RequestTargetInvalid);
        (context.Request.Path, context.Request.Query) = ("/", "");

        using JsonDocument line = JsonDocument.Parse(Format(context, AccessLogFormat.Json));

        Assert.Equal("/a%zz", line.RootElement.GetProperty("path").GetString());
        Assert.Equal("token=REDACTED", line.RootElement.GetProperty("query").GetString());
    }

    private static bool IsDangerous(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202e' or '\u2066' || char.IsSurrogate(c);

    private static GatewayContext ThroughUpstream(ManualTime time)
    {
        GatewayContext context = TestRequest.Ended(new TestApi().Add("listOrders", "GET /orders").Plan().Apis[0].Operations[0], query: "?page=1", time: time);
        context.HoldInstance(new UpstreamInstance("orders", new Uri("http://127.0.0.1:9001"), 1, null!));
        long start = context.Timings.StartedAt + 10_000;
        context.Timings.UpstreamStartedAt = start;
        context.Timings.UpstreamConnectedAt = start + 10_000;
        context.Timings.UpstreamHeadAt = start + 30_000;
        context.Timings.UpstreamEndedAt = start + 50_000;
        return context;
    }

    private static string Format(GatewayContext context, AccessLogFormat format)
    {
        var redactor = new QueryRedactor(QueryRedactor.DefaultNames);
        AccessLogFormatter formatter = format == AccessLogFormat.Json ? new JsonAccessLogFormatter(redactor) : new TextAccessLogFormatter(redactor);
        long endedAt = context.Timings.StartedAt + (long)(0.0125 * context.Clock.TimestampFrequency);
        var line = new LogLineWriter(new byte[AccessLogFields.BufferBytes]);
        formatter.Write(ref line, context, RequestOutcome.Of(context, endedAt, new GatewayMetrics(10, 10, context.Clock)));
        return Encoding.UTF8.GetString(line.Written);
    }
}
