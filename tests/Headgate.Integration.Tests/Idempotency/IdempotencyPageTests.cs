using Headgate.Gateway.Tests.Telemetry;
using Headgate.Integration.Idempotency;
using Headgate.OpenApi.Extensions;

namespace Headgate.Integration.Tests.Idempotency;

/// <summary>The reference page of idempotency keys.</summary>
public class IdempotencyPageTests
{
    [Fact]
    public void Settings_OfThePage_AreTheRecord() => new ReferencePage("idempotency.md").Holds("x-gateway-idempotency", ExtensionReferenceWriter.WriteTable(typeof(IdempotencyExtension)));
}
