using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Tests.Forwarding;

public class RequestFieldRulesTests
{
    [Theory]
    [InlineData("Connection")]
    [InlineData("keep-alive")]
    [InlineData("Transfer-Encoding")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Proxy-Connection")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("Expect")]
    [InlineData("Via")]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("X-Request-ID")]
    [InlineData("x-correlation-id")]
    [InlineData(":authority")]
    public void FateOf_FieldsOfThisHopOrOurs_AreDropped(string name) =>
        Assert.Equal(FieldFate.Drop, RequestFieldRules.FateOf(name, "X-Tenant-ID"));

    [Theory]
    [InlineData("X-User-ID")]
    [InlineData("x-user-id")]
    [InlineData("X_User_ID")]
    [InlineData("X-User_ID")]
    [InlineData("X-Tenant-ID")]
    [InlineData("x_tenant_id")]
    [InlineData("Organisation")]
    public void FateOf_IdentityFields_AreDroppedInEverySpelling(string name) =>
        Assert.Equal(FieldFate.Drop, RequestFieldRules.FateOf(name, "Organisation"));

    [Theory]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-prefix")]
    public void FateOf_ForwardingFields_DependOnThePeer(string name) =>
        Assert.Equal(FieldFate.Forwarding, RequestFieldRules.FateOf(name, "X-Tenant-ID"));

    [Theory]
    [InlineData("Accept")]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("X-Custom")]
    [InlineData("Idempotency-Key")]
    [InlineData("tenantId")]
    [InlineData("X")]
    public void FateOf_OrdinaryFields_Pass(string name) =>
        Assert.Equal(FieldFate.Pass, RequestFieldRules.FateOf(name, "X-Tenant-ID"));
}
