using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Forwarding.Fallback;

/// <summary>What is answered in place of a service that cannot, compiled. Immutable, thread-safe.</summary>
internal sealed class FallbackPlan
{
    private const string JsonType = "application/json";

    // RFC 9209 §2.3: the nearest of the types for a call that Headgate itself did not make.
    private const string OwnLimit = "destination_unavailable";

    private readonly FallbackSettings _settings;
    private readonly RequestValue? _body;
    private readonly FallbackCounts _counts;

    private FallbackPlan(FallbackSettings settings, RequestValue? body, FallbackCounts counts) => (_settings, _body, _counts) = (settings, body, counts);

    /// <summary>What the document says.</summary>
    public FallbackSettings Settings => _settings;

    /// <summary>The fallback of an operation; null where there is none, or where something is wrong with it, which is reported.</summary>
    public static FallbackPlan? Of(BackendExtension backend, UpstreamService service, OperationScope scope)
    {
        // One that asks for the last good answer alone says nothing of another.
        if (backend.Fallback is not { } settings || (settings.Cached && settings.Body is null && settings.Headers.Count == 0))
            return null;
        RequestValue? body = settings.Body is null ? null : RequestValueCompiler.Compile(settings.Body, scope);
        if (settings.Body is not null && body is null)
            return null;
        return new FallbackPlan(settings, body, scope.Living(new FallbackIdentity(service.Name), () => new FallbackCounts(service.Name)));
    }

    /// <summary>Whether the service gave no answer of its own: it failed, was not called, or answered with 502, 503 or 504. What is the client's doing is told as it is.</summary>
    public static bool Wants(GatewayContext context, GatewayFailure? failure) =>
        failure is null ? CallOutcomes.IsFailure(context.Response.StatusCode) : failure.Service is not null;

    /// <summary>Makes it the answer.</summary>
    public async ValueTask ApplyAsync(GatewayContext context, GatewayFailure? failure)
    {
        ClientResponse response = context.Response;
        string reason = failure is null
            ? string.Create(CultureInfo.InvariantCulture, $"received-status={response.StatusCode}")
            : $"error={failure.Kind.ProxyStatus ?? OwnLimit}";
        if (response.Body is { } body)
            await body.DisposeAsync(context);
        response.Forget();
        _counts.Count();
        context.Absorbed = failure;
        context.HasStandIn = true;
        response.StatusCode = _settings.Status;

        // A stand-in is not the resource, and must not outlive the failure in caches.
        response.Headers.CacheControl = "no-store";
        foreach ((string name, string value) in _settings.Headers)
            response.Headers[name] = value;

        // RFC 9209 §2: who answered in whose place, and why.
        response.Headers["Proxy-Status"] = $"{ErrorWriter.ProxyName}; {reason}; details=\"fallback\"";
        if (_body is not null)
            WriteBody(context, _body);
        else if (StatusRules.HasContent(_settings.Status))
            response.Headers.ContentLength = 0;
    }

    /// <summary>The fallback in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"else {_settings.Status} as fallback");

    private static void WriteBody(GatewayContext context, RequestValue value)
    {
        ClientResponse response = context.Response;
        ReadOnlyMemory<byte> body = value.ToJson(context);
        if (response.Headers.ContentType.Count == 0)
            response.Headers.ContentType = JsonType;
        response.Headers.ContentLength = body.Length;
        response.Body = new BytesBody(context.Request.Method == "HEAD" ? default : body);
    }
}
