using Headgate.Server.Reporting;

namespace Headgate.Server.Commands.Top;

/// <summary>Makes of two readings of the metrics what an operator wants to see. Stateless.</summary>
internal static class TopView
{
    private const string InFlight = "headgate_requests_in_flight";

    /// <summary>What happened between two readings.</summary>
    public static TopReport Of(MetricsReading earlier, MetricsReading now, double seconds, DateTimeOffset at, TopSort sort)
    {
        ILookup<(string, string, string), MetricSeries> buckets = now["headgate_request_duration_seconds_bucket"].ToLookup(KeyOf);
        TopOperation[] operations = [.. now["headgate_requests_total"].GroupBy(KeyOf).Select(group => Operation(group, buckets[group.Key], earlier, now, seconds))];
        TopService[] services = [.. now["headgate_upstream_requests_total"].Select(series => Service(series, earlier, now, seconds))];
        return new TopReport
        {
            At = at,
            Seconds = Round(seconds),
            RequestsPerSecond = Round(operations.Sum(operation => operation.RequestsPerSecond)),
            ErrorsPerSecond = Round(operations.Sum(operation => operation.ErrorsPerSecond)),

            // The request for the metrics is the admin listener's, and not counted.
            RequestsInFlight = (long)now.Gauge(InFlight),
            Connections = (long)now.Gauge("headgate_client_connections"),
            Processors = Round(now["headgate_process_cpu_seconds_total"].Sum(series => now.GrowthOf(series, earlier)) / seconds),
            Operations = [.. Sorted(operations, sort, one => one.RequestsPerSecond, one => one.ErrorsPerSecond, one => one.P50Milliseconds, one => one.P99Milliseconds, one => $"{one.Api} {one.Operation}")],
            Services = [.. Sorted(services, sort, one => one.RequestsPerSecond, one => one.ErrorsPerSecond, one => one.P50Milliseconds, one => one.P99Milliseconds, one => one.Service)],
        };
    }

    private static (string Api, string Operation, string Method) KeyOf(MetricSeries series) => (series["api"], series["operation"], series["method"]);

    private static TopOperation Operation(
        IGrouping<(string Api, string Operation, string Method), MetricSeries> codes, IEnumerable<MetricSeries> buckets, MetricsReading earlier, MetricsReading now, double seconds) => new(
        codes.Key.Api,
        codes.Key.Operation,
        codes.Key.Method,
        PerSecond(codes, earlier, now, seconds),
        PerSecond(codes.Where(series => series["code"].StartsWith('5')), earlier, now, seconds),
        PerSecond(codes.Where(series => series["code"].StartsWith('4')), earlier, now, seconds),
        LatencyQuantiles.Milliseconds(buckets, now, earlier, 0.5),
        LatencyQuantiles.Milliseconds(buckets, now, earlier, 0.99));

    private static TopService Service(MetricSeries requests, MetricsReading earlier, MetricsReading now, double seconds)
    {
        string name = requests["service"];
        MetricSeries[] heads = [.. Of("headgate_upstream_stage_duration_seconds_bucket").Where(series => series["stage"] == "head")];
        return new TopService(
            name,
            PerSecond([requests], earlier, now, seconds),
            PerSecond(Of("headgate_upstream_failures_total"), earlier, now, seconds),
            LatencyQuantiles.Milliseconds(heads, now, earlier, 0.5),
            LatencyQuantiles.Milliseconds(heads, now, earlier, 0.99),
            (long)Of("headgate_upstream_requests_in_flight").Sum(series => series.Value),
            (long)Of("headgate_circuit_breaker_state").Where(series => series["state"] != "closed").Sum(series => series.Value),
            (long)Of("headgate_upstream_instances").Where(series => series["state"] != "usable").Sum(series => series.Value));

        IEnumerable<MetricSeries> Of(string metric) => now[metric].Where(series => series["service"] == name);
    }

    private static double PerSecond(IEnumerable<MetricSeries> series, MetricsReading earlier, MetricsReading now, double seconds) =>
        Round(series.Sum(one => now.GrowthOf(one, earlier)) / seconds);

    private static double Round(double value) => Math.Round(value, 2);

    private static IOrderedEnumerable<T> Sorted<T>(T[] rows, TopSort sort, Func<T, double> requests, Func<T, double> errors, Func<T, double?> p50, Func<T, double?> p99, Func<T, string> name)
    {
        IOrderedEnumerable<T> first = sort switch
        {
            TopSort.Errors => rows.OrderByDescending(errors),
            TopSort.P50 => rows.OrderByDescending(p50),
            TopSort.P99 => rows.OrderByDescending(p99),
            TopSort.Name => rows.OrderBy(name, StringComparer.Ordinal),
            _ => rows.OrderByDescending(requests),
        };
        return first.ThenByDescending(requests).ThenBy(name, StringComparer.Ordinal);
    }
}
