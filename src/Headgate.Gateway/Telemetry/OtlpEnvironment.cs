using System.Globalization;

namespace Headgate.Gateway.Telemetry;

/// <summary>
/// Reads where to export to from the environment variables that OpenTelemetry defines (Environment Variable Specification 1.x, OTLP Exporter). Headers, timeouts and batch sizes
/// (<c>OTEL_EXPORTER_OTLP_HEADERS</c>, <c>OTEL_BSP_*</c>, <c>OTEL_METRIC_EXPORT_INTERVAL</c>) are read by the SDK itself.
/// </summary>
public static class OtlpEnvironment
{
    /// <summary>Adds what the environment says to the options.</summary>
    /// <param name="options">The options; what the environment does not name stays as it is.</param>
    /// <param name="read">Reads a variable: <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <param name="problems">What cannot be understood, one sentence for each variable; such a variable is ignored.</param>
    public static TelemetryOptions Apply(TelemetryOptions options, Func<string, string?> read, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(read);
        var found = new List<string>();
        problems = found;
        if (string.Equals(read("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return options;
        CheckProtocol(read, found);
        bool isNamed = !string.IsNullOrEmpty(read("OTEL_SERVICE_NAME"))
            || (read("OTEL_RESOURCE_ATTRIBUTES")?.Contains("service.name=", StringComparison.Ordinal) ?? false);
        return options with
        {
            OtlpTracesEndpoint = Endpoint("TRACES", "v1/traces", read, found) ?? options.OtlpTracesEndpoint,
            OtlpMetricsEndpoint = Endpoint("METRICS", "v1/metrics", read, found) ?? options.OtlpMetricsEndpoint,
            TraceSampleRatio = SampleRatio(read, found) ?? options.TraceSampleRatio,
            ServiceName = isNamed ? null : options.ServiceName,
        };
    }

    private static Uri? Endpoint(string signal, string path, Func<string, string?> read, List<string> problems)
    {
        if (string.Equals(read($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase))
            return null;

        // OTLP Exporter: the variable of one signal is the complete address, the common one is a base.
        string own = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        if (read(own) is { Length: > 0 } complete)
            return Parse(own, complete, problems);
        return read("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } shared
            ? Parse("OTEL_EXPORTER_OTLP_ENDPOINT", $"{shared.TrimEnd('/')}/{path}", problems)
            : null;
    }

    private static Uri? Parse(string name, string value, List<string> problems)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            return uri;
        problems.Add($"{name} is not an http or https URL.");
        return null;
    }

    // Every sampler respects the client's flag, as the parentbased_* ones do; the others differ from them in nothing else.
    private static double? SampleRatio(Func<string, string?> read, List<string> problems)
    {
        switch (read("OTEL_TRACES_SAMPLER")?.ToLowerInvariant())
        {
            case null or "":
                return null;
            case "always_on" or "parentbased_always_on":
                return 1;
            case "always_off" or "parentbased_always_off":
                return 0;
            case "traceidratio" or "parentbased_traceidratio":
                if (read("OTEL_TRACES_SAMPLER_ARG") is not { Length: > 0 } argument)
                    return 1;
                if (double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out double ratio) && ratio is >= 0 and <= 1)
                    return ratio;
                problems.Add("OTEL_TRACES_SAMPLER_ARG is not a number from 0 to 1.");
                return null;
            default:
                problems.Add("OTEL_TRACES_SAMPLER names a sampler that Headgate does not know: always_on, always_off, traceidratio, or one of these after parentbased_.");
                return null;
        }
    }

    private static void CheckProtocol(Func<string, string?> read, List<string> problems)
    {
        if (read("OTEL_EXPORTER_OTLP_PROTOCOL") is { Length: > 0 } protocol && protocol != "http/protobuf")
            problems.Add($"OTEL_EXPORTER_OTLP_PROTOCOL is {protocol}; Headgate sends http/protobuf only.");
    }
}
