using Headgate.Gateway.Configuration;
using Headgate.Integration.Events;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Webhooks;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Tests;

public class IntegrationExtensionTests
{
    [Fact]
    public void Idempotency_InEveryForm_IsRead()
    {
        IdempotencyExtension full = IntegrationDocument.Get<IdempotencyExtension>("x-gateway-idempotency: { required: true, ttl: 2d, scope: tenant }");
        Assert.Equal((true, 2.0, IdempotencyScope.Tenant), (full.Required, full.Ttl.Value.TotalDays, full.Scope));
        Assert.True(IntegrationDocument.Get<IdempotencyExtension>("x-gateway-idempotency: true").Required);
        IdempotencyExtension defaults = IntegrationDocument.Get<IdempotencyExtension>("x-gateway-idempotency: {}");
        Assert.Equal((false, 24.0, IdempotencyScope.Caller), (defaults.Required, defaults.Ttl.Value.TotalHours, defaults.Scope));
    }

    [Fact]
    public void Idempotency_OnASafeMethod_IsReported() =>
        Assert.Equal("HG2720", Assert.Single(IntegrationDocument.Check("x-gateway-idempotency: true", "get")).Code);

    [Fact]
    public void Publish_InEveryForm_IsRead()
    {
        Assert.Equal("order.created", IntegrationDocument.Get<PublishExtension>("x-gateway-publish: order.created").Type);
        PublishExtension full = IntegrationDocument.Get<PublishExtension>("x-gateway-publish: { type: t, source: s, aggregate: $request.body#/id, data: { a: $tenant } }");
        Assert.IsType<RequestBodyExpression>(full.Aggregate);
        Assert.IsType<ObjectExpression>(full.Data);
    }

    [Fact]
    public void Publish_ExpressionThatNeverResolves_IsReported() =>
        Assert.Equal("HG2040", Assert.Single(IntegrationDocument.Check("x-gateway-publish: { type: t, aggregate: $request.path.id }")).Code);

    [Fact]
    public void WebhookIn_EverySetting_IsRead()
    {
        WebhookInExtension webhook = IntegrationDocument.Get<WebhookInExtension>(
            "x-gateway-webhook-in: { signature: hmac-sha256-hex, secret: '${secret:PAYMENT}', signatureHeader: x-webhook-signature, tolerance: 1m, eventId: $request.body#/id, eventType: $request.body#/type }");

        Assert.Equal((WebhookSignature.HmacSha256Hex, "PAYMENT", "x-webhook-signature"), (webhook.Signature, webhook.Secret.Name, webhook.SignatureHeader));
    }

    [Fact]
    public void WebhookIn_SecretWrittenOut_IsRefused() =>
        Assert.Equal("HG2012", Assert.Single(IntegrationDocument.Load("x-gateway-webhook-in: { secret: whsec_abc }").Diagnostics.Items).Code);
}
