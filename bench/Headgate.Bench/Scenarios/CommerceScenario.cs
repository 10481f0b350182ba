using System.Globalization;
using Headgate.Bench.Commerce;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Scenarios;

/// <summary>The reference workload: two tenants of the shop browse and buy, 20 to 1; one of them asks for far more than its share. The other must not notice, and nobody may see what is not theirs.</summary>
internal sealed class CommerceScenario() : Scenario("commerce", "the shop through its gateway: two tenants browse and buy 20:1, one of them five times beyond its limit")
{
    private const double QuietPerSecond = 40;
    private const double NoisyPerSecond = 5 * CommerceShop.RequestsPerSecond;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        await using var shop = await CommerceShop.StartAsync(context, cancellation);
        using var quiet = new Shopper("alice", "acme", shop.Address, context.Time);
        using var noisy = new Shopper("carol", "globex", shop.Address, context.Time);
        await Task.WhenAll(quiet.SignInAsync(cancellation), noisy.SignInAsync(cancellation));
        var (quietLoad, noisyLoad) = (new TenantLoad(quiet, noisy, context.Time), new TenantLoad(noisy, quiet, context.Time));
        var length = context.Options.Duration < TimeSpan.FromSeconds(2) ? context.Options.Duration : Long;

        await Task.WhenAll(quietLoad.RunAsync(QuietPerSecond, context.Options.WarmUp, cancellation), noisyLoad.RunAsync(QuietPerSecond, context.Options.WarmUp, cancellation));
        var alone = await quietLoad.RunAsync(QuietPerSecond, length, cancellation);
        var disturbed = quietLoad.RunAsync(QuietPerSecond, length, cancellation);
        var noise = await noisyLoad.RunAsync(NoisyPerSecond, length, cancellation);
        ResultRow[] rows =
        [
            RowOf(context, ShopReport.QuietAlone, alone, length),
            await WithOrdersAsync(context, RowOf(context, ShopReport.Quiet, await disturbed, length), quiet, cancellation),
            await WithOrdersAsync(context, RowOf(context, ShopReport.Noisy, noise, length), noisy, cancellation),
        ];
        return ShopReport.Of(Name, Description, rows);
    }

    private static ResultRow RowOf(BenchContext context, string subject, IReadOnlyCollection<Visit> visits, TimeSpan length)
    {
        foreach (var complaint in visits.Select(visit => visit.Complaint).OfType<string>().Take(3))
            context.Say($"   {subject}: {complaint}");
        return ShopReport.RowOf(subject, visits, length);
    }

    private static async Task<ResultRow> WithOrdersAsync(BenchContext context, ResultRow row, Shopper shopper, CancellationToken cancellation)
    {
        // A tenant that was limited may ask again.
        await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellation);
        var listed = await shopper.ListOrdersAsync(cancellation);
        context.Say(string.Create(CultureInfo.InvariantCulture, $"   {row.Subject}: {shopper.Orders.Count} orders confirmed, {listed.Count} listed"));
        return ShopReport.WithOrders(row, shopper.Orders, listed);
    }
}
