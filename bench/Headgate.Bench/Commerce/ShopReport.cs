using System.Globalization;
using Headgate.Bench.Measurements;

namespace Headgate.Bench.Commerce;

/// <summary>Judges what the two tenants of the shop went through.</summary>
internal static class ShopReport
{
    /// <summary>The tenant that keeps to its share, while nobody else is there.</summary>
    public const string QuietAlone = "quiet-alone";

    /// <summary>The same beside the other.</summary>
    public const string Quiet = "quiet";

    /// <summary>The tenant that asks for far more than its share.</summary>
    public const string Noisy = "noisy";

    private const double MostMilliseconds = 250;

    // Its burst, and what a second at the edge of the measurement lets through.
    private const double MostServedOfShare = 1.1;

    private static readonly Metric Limited = new("limitedPerSecond", "limited/s", 0, false);
    private static readonly Metric Orders = new("orders", "orders", 0, false);
    private static readonly Metric Wrong = new("wrong", "wrong answers", 0, false);
    private static readonly Metric Pried = new("pried", "looks at another tenant's", 0, false);
    private static readonly Metric Foreign = new("foreign", "of another tenant", 0, false);

    /// <summary>What one tenant went through. That nothing was seen of another tenant is said only where somebody tried to.</summary>
    public static ResultRow RowOf(string subject, IReadOnlyCollection<Visit> visits, TimeSpan length)
    {
        var row = new Samples();
        double[] served = [.. visits.Where(visit => visit.Outcome == VisitOutcome.Served).Select(visit => visit.Took.TotalMilliseconds).Order()];
        int Count(VisitOutcome outcome) => visits.Count(visit => visit.Outcome == outcome);
        row.Add(Metric.RequestsPerSecond, served.Length / length.TotalSeconds);
        if (served.Length > 0)
        {
            row.Add(Metric.P50Milliseconds, served[served.Length / 2]);
            row.Add(Metric.P99Milliseconds, served[(int)(served.Length * 0.99)]);
        }
        row.Add(Limited, Count(VisitOutcome.Limited) / length.TotalSeconds);
        row.Add(Wrong, Count(VisitOutcome.Wrong));
        row.Add(Pried, Count(VisitOutcome.Hidden));
        if (Count(VisitOutcome.Hidden) + Count(VisitOutcome.Foreign) > 0)
            row.Add(Foreign, Count(VisitOutcome.Foreign));
        row.Add(Metric.FailedRequests, Count(VisitOutcome.Wrong) + Count(VisitOutcome.Foreign));
        return row.ToRow(subject);
    }

    /// <summary>The row with its orders: what was confirmed has to be there once, and what was not must not be; each that differs is a wrong answer.</summary>
    public static ResultRow WithOrders(ResultRow row, ICollection<string> confirmed, IReadOnlyList<string> listed)
    {
        var differing = listed.Except(confirmed).Concat(confirmed.Except(listed)).Count() + listed.Count - listed.Distinct().Count();
        return row with
        {
            Rounds = new Dictionary<Metric, IReadOnlyList<double>>(row.Rounds)
            {
                [Orders] = [listed.Count],
                [Wrong] = [(row.Median(Wrong) ?? 0) + differing],
                [Metric.FailedRequests] = [row.FailedRequests + differing],
            },
        };
    }

    /// <summary>The table and what must hold of it.</summary>
    public static ScenarioResult Of(string name, string description, IReadOnlyList<ResultRow> rows) =>
        new(name, description, [Metric.RequestsPerSecond, Metric.P50Milliseconds, Metric.P99Milliseconds, Limited, Orders, Wrong, Pried, Foreign], rows)
        {
            Baselines = [QuietAlone],
            Budgets =
            [
                new Budget(Quiet, Metric.P99Milliseconds, MostMilliseconds),
                new Budget(Quiet, Limited, 0),
                new Budget(Noisy, Metric.RequestsPerSecond, MostServedOfShare * CommerceShop.RequestsPerSecond),
                .. rows.SelectMany(row => new[] { new Budget(row.Subject, Wrong, 0) { CountsFailures = true }, new Budget(row.Subject, Foreign, 0) { CountsFailures = true } }),
            ],
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"A tenant may ask {CommerceShop.RequestsPerSecond} times a second; requests are sent at their rate whether or not those before are answered. Gateway, services, their databases and the load share all cores. req/s and latencies are of what was served; each purchase is a durable saga over five services."),
        };
}
