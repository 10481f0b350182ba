using System.Globalization;
using Headgate.Bench.Measurements;
using Headgate.Bench.Validation;

namespace Headgate.Bench.Scenarios;

/// <summary>Checking a body against its schema, from raw bytes: the gateway's validator beside <c>JSON.parse</c> and ajv on Node.</summary>
internal sealed class ValidationScenario() : Scenario("validation", "an order of 2 and of 200 items checked against its schema, beside JSON.parse and ajv")
{
    private const double Limit = 0.6;
    private static readonly int[] Sizes = [2, 200];

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        var ajv = new AjvSubject(context, Path.GetFullPath(Path.Combine(context.Options.ResultsFolder, "..", ".cache", "ajv")));
        await ajv.PrepareAsync(cancellation);
        var schema = Path.Combine(context.Folder, "schema.json");
        await File.WriteAllTextAsync(schema, OrderBody.Schema, cancellation);

        var rows = new List<ResultRow>();
        foreach (var size in Sizes)
            rows.AddRange(await MeasureAsync(context, ajv, schema, size, cancellation));
        return new ScenarioResult(Name, Description, [Metric.MicrosecondsPerValue, Metric.AllocatedBytesPerValue], rows)
        {
            Baselines = [.. Sizes.Select(Ajv)],
            Budgets = [.. Sizes.SelectMany(BudgetsOf)],
            Note = "One thread, from the bytes of the body to the verdict; the order is valid. Compare rows of the same number of items.",
        };
    }

    private static async Task<IEnumerable<ResultRow>> MeasureAsync(BenchContext context, AjvSubject ajv, string schema, int size, CancellationToken cancellation)
    {
        var body = OrderBody.Write(size);
        var path = Path.Combine(context.Folder, string.Create(CultureInfo.InvariantCulture, $"order-{size}.json"));
        await File.WriteAllBytesAsync(path, body, cancellation);
        var own = new HeadgateValidation(context.Time);
        var (ours, theirs) = (new Samples(), new Samples());
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            theirs.Add(Metric.MicrosecondsPerValue, await ajv.MeasureAsync(schema, path, context.Options.Duration, cancellation));
            var (microseconds, allocated) = own.Measure(body, context.Options.Duration);
            ours.Add(Metric.MicrosecondsPerValue, microseconds);
            ours.Add(Metric.AllocatedBytesPerValue, Math.Floor(allocated));
        }
        return [theirs.ToRow(Ajv(size)), ours.ToRow(Headgate(size))];
    }

    private static Budget[] BudgetsOf(int size) =>
    [
        new Budget(Headgate(size), Metric.MicrosecondsPerValue, Limit) { Baseline = Ajv(size) },
        new Budget(Headgate(size), Metric.AllocatedBytesPerValue, 0),
    ];

    private static string Ajv(int size) => string.Create(CultureInfo.InvariantCulture, $"ajv-{size}-items");

    private static string Headgate(int size) => string.Create(CultureInfo.InvariantCulture, $"headgate-{size}-items");
}
