using System.Globalization;
using Headgate.Bench.Commerce;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Scenarios;

/// <summary>The reference workload: two tenants of the shop browse and buy, 20 to 1; one of them asks for far more than its share. The other must not notice, and nobody may see what is not theirs.</summary>
internal sealed class CommerceScenario() : Scenario("commerce", "the shop through its gateway: two tenants browse and buy 20:1, one of them five times beyond its limit")
{
    private const double QuietPerSecond = 40;
    private const double NoisyPerSecond = 5 * CommerceShop.RequestsPerSecond;
    private const double MostMilliseconds = 250;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static readonly Metric Limited = new("limitedPerSecond", "limited/s", 0, false);
    private static readonly Metric Orders = new("orders", "orders", 0, false);
    private static readonly Metric Wrong = new("wrong", "wrong answers", 0, false);
    private static readonly Metric Foreign = new("foreign", "of another tenant", 0, false);

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
        var rows = new[] { RowOf(context, "quiet-alone", alone, length), RowOf(context, "quiet", await disturbed, length), RowOf(context, "noisy", noise, length) };
        return Result([rows[0], await WithOrdersAsync(context, rows[1], quiet, cancellation), await WithOrdersAsync(context, rows[2], noisy, cancellation)]);
    }

    private static ResultRow RowOf(BenchContext context, string name, IReadOnlyCollection<Visit> visits, TimeSpan length)
    {
        foreach (var complaint in visits.Select(visit => visit.Complaint).OfType<string>().Take(3))
            context.Say($"   {name}: {complaint}");
        var row = new Samples();
        double[] served = [.. visits.Where(visit => visit.Outcome == VisitOutcome.Served).Select(visit => visit.Took.TotalMilliseconds).Order()];
        row.Add(Metric.RequestsPerSecond, served.Length / length.TotalSeconds);
        if (served.Length > 0)
        {
            row.Add(Metric.P50Milliseconds, served[served.Length / 2]);
            row.Add(Metric.P99Milliseconds, served[(int)(served.Length * 0.99)]);
        }
        row.Add(Limited, visits.Count(visit => visit.Outcome == VisitOutcome.Limited) / length.TotalSeconds);
        row.Add(Wrong, visits.Count(visit => visit.Outcome == VisitOutcome.Wrong));
        row.Add(Foreign, visits.Count(visit => visit.Outcome == VisitOutcome.Foreign));
        return row.ToRow(name);
    }

    // What was confirmed is there once, and what was not confirmed is not.
    private static async Task<ResultRow> WithOrdersAsync(BenchContext context, ResultRow row, Shopper shopper, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellation);
        var listed = await shopper.ListOrdersAsync(cancellation);
        var differing = listed.Except(shopper.Orders).Concat(shopper.Orders.Except(listed)).Count() + listed.Count - listed.Distinct().Count();
        if (differing > 0)
            context.Say(string.Create(CultureInfo.InvariantCulture, $"   {row.Subject}: {shopper.Orders.Count} orders confirmed, {listed.Count} listed, {differing} differ"));
        return row with
        {
            Rounds = new Dictionary<Metric, IReadOnlyList<double>>(row.Rounds) { [Orders] = [listed.Count], [Wrong] = [(row.Median(Wrong) ?? 0) + differing] },
        };
    }

    private ScenarioResult Result(IReadOnlyList<ResultRow> rows) => new(Name, Description, [Metric.RequestsPerSecond, Metric.P50Milliseconds, Metric.P99Milliseconds, Limited, Orders, Wrong, Foreign], rows)
    {
        Baselines = ["quiet-alone"],
        Budgets =
        [
            new Budget("quiet", Metric.P99Milliseconds, MostMilliseconds),
            .. rows.SelectMany(row => new[] { new Budget(row.Subject, Wrong, 0), new Budget(row.Subject, Foreign, 0) }),
            new Budget("quiet", Limited, 0),
        ],
        Note = string.Create(
            CultureInfo.InvariantCulture,
            $"A tenant may ask {CommerceShop.RequestsPerSecond} times a second; requests are sent at their rate whether or not those before are answered. Gateway, services, their databases and the load share all cores. req/s and latencies are of what was served; each purchase is a durable saga over five services."),
    };
}
