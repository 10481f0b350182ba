using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands.Top;

/// <summary>Prints what <c>headgate top</c> shows.</summary>
internal static class TopText
{
    private static readonly string[] s_operations = ["OPERATION", "API", "REQ/S", "5XX/S", "4XX/S", "P50 MS", "P99 MS"];
    private static readonly string[] s_services = ["SERVICE", "CALLS/S", "FAILED/S", "UNDER WAY", "P50 MS", "P99 MS", "STATE"];

    /// <summary>Prints a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rows">The most rows of each table.</param>
    /// <param name="output">Where to.</param>
    public static void Write(TopReport report, int rows, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.At:u}  {report.RequestsPerSecond:0.0} requests/s, {report.ErrorsPerSecond:0.0} errors/s, {report.RequestsInFlight} under way, {Counted.Of(report.Connections, "connection")}, {report.Processors:0.00} processors"));
        output.WriteLine();
        TextTable.Write(output, [s_operations, .. report.Operations.Take(rows).Select(Row)]);
        More(report.Operations.Count - rows, "operation", output);
        output.WriteLine();
        TextTable.Write(output, [s_services, .. report.Services.Take(rows).Select(Row)]);
        More(report.Services.Count - rows, "service", output);
    }

    private static void More(int left, string noun, TextWriter output)
    {
        if (left > 0)
            output.WriteLine($"({Counted.Of(left, $"further {noun}")}: --rows)");
    }

    private static string[] Row(TopOperation row) =>
    [
        row.Operation == "none" ? $"{row.Method} (no operation)" : row.Operation,
        row.Operation == "none" ? "-" : row.Api,
        Rate(row.RequestsPerSecond),
        Rate(row.ErrorsPerSecond),
        Rate(row.RefusedPerSecond),
        Time(row.P50Milliseconds),
        Time(row.P99Milliseconds),
    ];

    private static string[] Row(TopService row) =>
    [
        row.Service,
        Rate(row.RequestsPerSecond),
        Rate(row.ErrorsPerSecond),
        row.InFlight.ToString(CultureInfo.InvariantCulture),
        Time(row.P50Milliseconds),
        Time(row.P99Milliseconds),
        string.Join(", ", new[] { row.OpenBreakers > 0 ? "breaker open" : "", row.InstancesOut > 0 ? $"{row.InstancesOut} out" : "" }.Where(text => text.Length > 0)),
    ];

    private static string Rate(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";
}
