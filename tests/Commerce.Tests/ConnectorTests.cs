using System.Text;
using System.Text.Json;
using Commerce.Connectors;
using Commerce.Shared.Tracing;
using Commerce.Shared.Web;
using Commerce.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Commerce.Tests;

public sealed class ConnectorTests : IDisposable
{
    private readonly ServiceTracing _tracing = new("test", null);
    private readonly CollectingLoggers _logs = new();

    [Fact]
    public void Timeouts_ByDefault_AreThirtySecondsAndTenForPayments()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), new HttpClientConfig { BaseUrl = () => new Uri("http://x") }.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), new Shared.Hosting.CommerceOptions().PaymentTimeout);
    }

    [Fact]
    public async Task Post_Charge_SendsWhatTheGuidePrints()
    {
        await using var provider = await RecordingServer.StartAsync(http =>
            http.Response.WriteAsync("""{"id":"ch_123","amount":1000,"currency":"USD","status":"succeeded","refunded":0}"""));
        using var gateway = new PaymentGatewayService(Factory(), new PaymentGatewayConfig(() => provider.Address, "secret-key", "whsec", TimeSpan.FromSeconds(10)));

        var charge = await gateway.CreateChargeAsync(
            new(1000, Shared.Models.Currency.Usd), "4242424242424242", new { orderId = "o" }, CallContext.None, "idem", TestContext.Current.CancellationToken);

        Assert.Equal(("ch_123", "succeeded"), (charge.Id, charge.Status));
        var call = Assert.Single(provider.Requests);
        Assert.Equal(("POST", "/charges", "secret-key", "idem"), (call.Method, call.Path, call.Header("X-API-Key"), call.Header("Idempotency-Key")));
        var body = JsonSerializer.Deserialize<JsonElement>(call.Body);
        Assert.Equal((1000, "USD", "o"), (body.GetProperty("amount").GetInt32(), body.GetProperty("currency").GetString(), body.GetProperty("metadata").GetProperty("orderId").GetString()));
    }

    [Fact]
    public async Task Post_TemplateEmail_SendsWhatTheGuidePrints()
    {
        await using var provider = await RecordingServer.StartAsync(http => http.Response.WriteAsync("""{"id":"m","status":"queued"}"""));
        using var email = new EmailProviderService(Factory(), new EmailProviderConfig(() => provider.Address, "k", "from@example.com"));

        await email.SendTemplateEmailAsync("to@example.com", "welcome", new Dictionary<string, JsonElement>(), CallContext.None, "i", TestContext.Current.CancellationToken);

        Assert.Equal("""{"to":"to@example.com","from":"from@example.com","template_id":"welcome","variables":{}}""", Encoding.UTF8.GetString(provider.Requests.Single().Body));
    }

    [Fact]
    public async Task Charge_AnyFailure_IsAnIntegrationErrorWithItsDetails()
    {
        await using var provider = await RecordingServer.StartAsync(http =>
        {
            http.Response.StatusCode = 418;
            return http.Response.WriteAsync("not json");
        });
        using var gateway = new PaymentGatewayService(Factory(), new PaymentGatewayConfig(() => provider.Address, "k", "w", TimeSpan.FromSeconds(10)));

        var error = await Assert.ThrowsAsync<IntegrationException>(() => gateway.GetChargeStatusAsync("ch_1", CallContext.None, TestContext.Current.CancellationToken));

        Assert.Equal(("PAYMENT_STATUS_ERROR", 418, null), (error.Code, error.Call.Status!.Value, error.Call.ErrorCode));
        Assert.Equal("""{"chargeId":"ch_1"}""", JsonSerializer.Serialize(error.Details));
    }

    [Fact]
    public async Task Call_NotAnsweredInTime_EndsAfterTheTimeout()
    {
        var never = new TaskCompletionSource();
        await using var provider = await RecordingServer.StartAsync(http => never.Task.WaitAsync(http.RequestAborted));
        using var client = Factory().Create(new HttpClientConfig { BaseUrl = () => provider.Address, Timeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<HttpCallException>(() => client.GetAsync<JsonElement>("/", CallContext.None, TestContext.Current.CancellationToken));

        Assert.True(error is { TimedOut: true, Status: null, IsRefusal: false });
    }

    [Fact]
    public async Task Post_NetworkFailsTwice_IsRepeatedUnderItsKey()
    {
        using var server = new FlakyServer(failures: 2);
        using var client = Factory().Create(new HttpClientConfig { BaseUrl = () => server.Address, ApiKey = () => "k" });

        await client.PostAsync<JsonElement>("/charges", new { amount = 1 }, CallContext.None, "key", TestContext.Current.CancellationToken);

        Assert.Equal(3, server.Connections);
        // What the interceptors add, they add once, however often the call is repeated.
        Assert.Equal(1, server.LastRequest.Split("X-API-Key").Length - 1);
        Assert.Equal(1, server.LastRequest.Split("traceparent").Length - 1);
    }

    [Fact]
    public async Task Post_WithoutKey_IsNeverRepeated()
    {
        using var server = new FlakyServer(failures: 2);
        using var client = Factory().Create(new HttpClientConfig { BaseUrl = () => server.Address });

        await Assert.ThrowsAsync<HttpCallException>(() => client.PostAsync<JsonElement>("/charges", new { amount = 1 }, CallContext.None, null, TestContext.Current.CancellationToken));

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Log_OfACall_HoldsNoSecret()
    {
        await using var provider = await RecordingServer.StartAsync(http => http.Response.WriteAsync("""{"card":"answer-secret"}"""));
        using var client = Factory().Create(new HttpClientConfig { BaseUrl = () => provider.Address, ApiKey = () => "key-secret" });

        await client.PostAsync<JsonElement>("/charges?token=query-secret", new { card = "body-secret" }, CallContext.None, "k", TestContext.Current.CancellationToken);

        Assert.Contains(_logs.Lines, line => line.Contains("POST", StringComparison.Ordinal) && line.Contains("/charges", StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Configuration_FromTheEnvironment_ReplacesTheSimulators()
    {
        await using var provider = await RecordingServer.StartAsync(http => http.Response.WriteAsync("""{"id":"m","status":"queued"}"""));
        var environment = new Dictionary<string, string>
        {
            ["EMAIL_PROVIDER_URL"] = provider.Address.ToString(),
            ["EMAIL_PROVIDER_API_KEY"] = "email-key",
            ["EMAIL_FROM"] = "us@example.com",
            ["SMS_PROVIDER_URL"] = provider.Address.ToString(),
            ["SMS_PROVIDER_API_KEY"] = "sms-key",
            ["SMS_FROM_NUMBER"] = "+15005550099",
        };
        await using var shop = await Shop.StartAsync(options => options with { Environment = environment.GetValueOrDefault });
        var service = shop.Service("notification-service");

        (await service.PostAsync("/notifications", new { userId = "u", channel = "EMAIL", recipient = "a@example.com", subject = "s", message = "m" })).Expect(201);
        (await service.PostAsync("/notifications", new { userId = "u", channel = "SMS", recipient = "+15005550001", message = "m" })).Expect(201);

        Assert.Equal([("/send", "email-key"), ("/messages", "sms-key")], provider.Requests.Select(request => (request.Path, request.Header("X-API-Key")!)));
        Assert.Contains("us@example.com", Encoding.UTF8.GetString(provider.Requests.First().Body), StringComparison.Ordinal);
        Assert.Contains("+15005550099", JsonSerializer.Deserialize<JsonElement>(provider.Requests.Last().Body).GetProperty("from").GetString());
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _logs.Dispose();
    }

    private HttpClientFactory Factory() => new(_tracing, _logs, TimeProvider.System);
}
