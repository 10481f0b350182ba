using Headgate.Gateway.Telemetry;

namespace Headgate.Gateway.Tests.Telemetry;

public class OtlpEnvironmentTests
{
    [Fact]
    public void Apply_CommonEndpoint_GetsThePathOfEachSignal()
    {
        TelemetryOptions options = Apply(out _, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/otlp/"));

        Assert.Equal("http://collector:4318/otlp/v1/traces", options.OtlpTracesEndpoint?.ToString());
        Assert.Equal("http://collector:4318/otlp/v1/metrics", options.OtlpMetricsEndpoint?.ToString());
        Assert.Equal("headgate", options.ServiceName);
    }

    [Fact]
    public void Apply_EndpointOfOneSignal_IsTakenAsItStands()
    {
        TelemetryOptions options = Apply(out _, ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces/in"));

        Assert.Equal("http://traces/in", options.OtlpTracesEndpoint?.ToString());
        Assert.Null(options.OtlpMetricsEndpoint);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true", false, false)]
    [InlineData("OTEL_TRACES_EXPORTER", "none", false, true)]
    [InlineData("OTEL_METRICS_EXPORTER", "none", true, false)]
    public void Apply_SwitchedOff_ExportsLess(string name, string value, bool traces, bool metrics)
    {
        TelemetryOptions options = Apply(out _, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"), (name, value));

        Assert.Equal((traces, metrics), (options.OtlpTracesEndpoint is not null, options.OtlpMetricsEndpoint is not null));
    }

    [Theory]
    [InlineData("always_on", null, 1)]
    [InlineData("parentbased_always_off", null, 0)]
    [InlineData("traceidratio", "0.25", 0.25)]
    [InlineData("parentbased_traceidratio", "0.5", 0.5)]
    public void Apply_Sampler_BecomesARatio(string sampler, string? argument, double ratio)
    {
        TelemetryOptions options = Apply(out IReadOnlyList<string> problems, ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", argument));

        Assert.Empty(problems);
        Assert.Equal(ratio, options.TraceSampleRatio);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")]
    [InlineData("OTEL_TRACES_SAMPLER", "jaeger_remote")]
    public void Apply_ValueThatIsNotUnderstood_IsReported(string name, string value)
    {
        Apply(out IReadOnlyList<string> problems, (name, value));

        Assert.All(problems, problem => Assert.StartsWith(name, problem, StringComparison.Ordinal));
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Apply_ServiceNamed_LeavesItToTheSdk() => Assert.Null(Apply(out _, ("OTEL_SERVICE_NAME", "edge")).ServiceName);

    private static TelemetryOptions Apply(out IReadOnlyList<string> problems, params (string Name, string? Value)[] variables) =>
        OtlpEnvironment.Apply(new TelemetryOptions(), name => variables.FirstOrDefault(variable => variable.Name == name).Value, out problems);
}
