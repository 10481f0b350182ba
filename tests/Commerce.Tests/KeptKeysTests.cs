using Commerce.Tests.Support;
using Headgate.Gateway.Configuration;
using Headgate.Integration;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Sagas;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using KeysOfServices = Commerce.Shared.Idempotency.IdempotencyTable;

namespace Commerce.Tests;

/// <summary>The services know a key for longer than the gateway may come with it, as the gateway itself reads its document.</summary>
public class KeptKeysTests
{
    private static readonly Headgate.OpenApi.Model.ApiDocument Document = Load();

    // With a margin: the gateway's clock and the services' need not agree, and a call that is sent in time arrives later.
    private static TimeSpan LongestThatIsSafe => KeysOfServices.Kept - TimeSpan.FromDays(1);

    [Fact]
    public void Keys_AreKnownLonger_ThanAnySagaRepeatsItsCalls()
    {
        SagaExtension[] sagas = [.. Document.Operations.Select(operation => operation.Extensions.Get<SagaExtension>()).OfType<SagaExtension>()];

        Assert.Equal(2, sagas.Length);
        Assert.All(sagas, saga => Assert.InRange(saga.Repetition, saga.Timeout.Value, LongestThatIsSafe));
    }

    [Fact]
    public void Keys_AreKnownLonger_ThanTheGatewayKeepsAnswersUnderThem()
    {
        IdempotencySettings?[] all =
        [
            Document.Extensions.Get<GatewayConfigExtension>()!.Idempotency,
            .. Document.Operations.Select(operation => operation.Extensions.Get<IdempotencyExtension>()),
        ];
        IdempotencySettings[] settings = [.. all.OfType<IdempotencySettings>()];

        Assert.Equal(2, settings.Length);
        Assert.All(settings, one => Assert.InRange(one.Ttl.Value, TimeSpan.FromMinutes(1), LongestThatIsSafe));
    }

    private static Headgate.OpenApi.Model.ApiDocument Load()
    {
        var registry = IntegrationExtensions.RegisterAll(GatewayExtensions.RegisterAll(new ExtensionRegistry()));
        var loaded = new DocumentLoader(registry).Load(DocumentSource.FromFile(Repository.Commerce("gateway.openapi.yaml")));
        Assert.True(loaded.Document is not null, string.Join('\n', loaded.Diagnostics.Items));
        return loaded.Document;
    }
}
