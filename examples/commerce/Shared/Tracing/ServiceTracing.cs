using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Commerce.Shared.Tracing;

/// <summary>
/// The one place where a service makes spans (W3C trace context). They are exported over OTLP when an endpoint is set;
/// without one the ids are still made and passed on, so that logs and errors name the trace.
/// </summary>
internal sealed class ServiceTracing : IDisposable
{
    public const string TraceParentHeader = "traceparent";
    public const string TraceStateHeader = "tracestate";

    private readonly ActivitySource _source;
    private readonly TracerProvider? _exporter;

    public ServiceTracing(string service, Uri? otlpEndpoint)
    {
        _source = new ActivitySource($"commerce.{service}");
        if (otlpEndpoint is null)
            return;
        _exporter = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "commerce"))
            .AddOtlpExporter(exporter =>
            {
                // A programmatic endpoint is taken as it is: the path of the signal belongs to it.
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri($"{otlpEndpoint.ToString().TrimEnd('/')}/v1/traces");
            })
            .Build();
    }

    /// <summary>Opens the span of a request that came in, as a child of the caller's.</summary>
    public Activity StartServer(HttpRequest request)
    {
        var parent = Activity.Current?.Context ?? Parent(request);
        var activity = Start(request.Method, ActivityKind.Server, parent);
        activity.SetTag("http.request.method", request.Method);
        activity.SetTag("url.path", request.Path.Value);
        return activity;
    }

    /// <summary>Opens the span of a call to another service and writes its context into the request.</summary>
    public Activity StartClient(HttpRequestMessage request)
    {
        var activity = Start(request.Method.Method, ActivityKind.Client, Activity.Current?.Context ?? default);
        activity.SetTag("http.request.method", request.Method.Method);
        activity.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Path));
        request.Headers.TryAddWithoutValidation(TraceParentHeader, activity.Id);
        if (activity.TraceStateString is { Length: > 0 } state)
            request.Headers.TryAddWithoutValidation(TraceStateHeader, state);
        return activity;
    }

    public void Dispose()
    {
        _exporter?.Dispose();
        _source.Dispose();
    }

    private static ActivityContext Parent(HttpRequest request) =>
        ActivityContext.TryParse(request.Headers[TraceParentHeader], request.Headers[TraceStateHeader], isRemote: true, out var parent)
            ? parent
            : default;

    private Activity Start(string name, ActivityKind kind, ActivityContext parent)
    {
        if (_source.StartActivity(name, kind, parent) is { } listened)
            return listened;
        // Nobody listens, so the source makes nothing; the ids are wanted all the same.
        var silent = new Activity(name).SetIdFormat(ActivityIdFormat.W3C);
        if (parent != default)
            silent.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).TraceStateString = parent.TraceState;
        return silent.Start();
    }
}
