using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Extensions;

/// <summary>What is shown as the configuration in force is itself a configuration, and means the same.</summary>
public class EffectiveConfigTests
{
    [Theory]
    [InlineData("timeout: 30s")]
    [InlineData("""
        services:
          orders: { urls: ["http://10.0.0.5", "http://10.0.0.6"], weights: [1, 3], timeouts: { connect: 1s }, rateLimit: { limit: 5, window: 1s } }
          users: http://10.0.0.7
        timeout: { default: 30, long-running: 120 }
        retry: { attempts: 3, backoff: exponential }
        cors: { origins: ["https://app.example"] }
        rate_limits: { global: { requests_per_minute: 1000 }, by_endpoint: { "POST /orders/*": { requests_per_hour: 50 } } }
        limits: { requestBody: 5MiB, concurrency: [{ by: user, limit: 3 }] }
        trustedProxies: 10.0.0.0/8
        """)]
    public void Config_Written_BindsToTheSameAgain(string block)
    {
        string written = ExtensionJson.Write(GatewayDocument.Config(block)).ToJsonString();
        Assert.Equal(written, ExtensionJson.Write(GatewayDocument.Config(written)).ToJsonString());
    }

    [Fact]
    public void Default_Written_SaysEveryDefault() =>
        Assert.Equal("30s", ExtensionJson.Write(GatewayConfigExtension.Default)["timeout"]!["default"]!.GetValue<string>());
}
