using Headgate.Gateway.Configuration;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>The reference page of failure: its tables of settings are generated.</summary>
public class ResiliencePageTests
{
    [Theory]
    [InlineData("breaker", typeof(CircuitBreakerSettings))]
    [InlineData("retry", typeof(RetrySettings))]
    [InlineData("bulkhead", typeof(BulkheadSettings))]
    [InlineData("fallback", typeof(FallbackSettings))]
    [InlineData("ejection", typeof(EjectionSettings))]
    [InlineData("health", typeof(HealthCheckSettings))]
    [InlineData("tls", typeof(TlsSettings))]
    public void Settings_OfThePage_AreTheRecords(string part, Type record) => new ReferencePage("resilience.md").Holds(part, ExtensionReferenceWriter.WriteTable(record));
}
