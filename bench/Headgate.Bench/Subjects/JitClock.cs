using System.Globalization;
using System.Text.RegularExpressions;

namespace Headgate.Bench.Subjects;

/// <summary>How long a gateway has compiled code since it began, as its metrics say.</summary>
/// <param name="metrics">The address of its metrics.</param>
internal sealed partial class JitClock(Uri metrics)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <exception cref="MeasurementFailedException">The gateway does not say.</exception>
    public async Task<TimeSpan> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return Of(await Client.GetStringAsync(metrics, cancellation));
        }
        catch (HttpRequestException failed)
        {
            throw new MeasurementFailedException($"{metrics}: {failed.Message}");
        }
    }

    // A gateway of before the metric, which --compare may name, does not say.
    internal static TimeSpan Of(string metrics) => Line().Match(metrics) is { Success: true } line
        ? TimeSpan.FromSeconds(double.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : TimeSpan.Zero;

    [GeneratedRegex(@"^headgate_jit_seconds_total ([0-9.eE+-]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
