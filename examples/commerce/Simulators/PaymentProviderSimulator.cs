using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Simulators;

/// <summary>A payment provider to develop and test against: intents, charges, refunds, and cards that go wrong.</summary>
internal sealed class PaymentProviderSimulator : CommerceService
{
    public const string LedgerFile = "payment-provider-ledger.jsonl";

    public override string Name => ServiceNames.PaymentProvider;

    public override int PortOffset => 11;

    public override string AcceptedKey => SecretFiles.PaymentGatewayApiKey;

    public override bool HasEvents => false;

    public override string Schema => ChargeStore.Schema + Ledger.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var ledger = runtime.Own(new Ledger(runtime.Database, Path.Combine(runtime.Options.DataDirectory, LedgerFile)));
        new ChargeEndpoints(runtime, ledger).Map(routes);
        new IntentEndpoints(runtime, ledger).Map(routes);
    }
}
