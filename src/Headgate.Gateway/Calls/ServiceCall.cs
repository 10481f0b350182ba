using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Calls;

/// <summary>A call to a service that an operation makes by itself, compiled, with what guards calls to the service: timeouts, breaker, bulkhead, limits. Whoever makes it repeats it. Immutable, thread-safe.</summary>
public sealed class ServiceCall
{
    private static readonly RetrySettings s_once = new() { Attempts = 1 };

    private ServiceCall(string service, string method, CallTarget target, RequestValue? input, ForwardHandler caller) =>
        (Service, Method, Target, Input, Caller) = (service, method, target, input, caller);

    /// <summary>The service that is called.</summary>
    public string Service { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>How the document has a failed call repeated: the call's own settings, else the service's, else the document's; null where it says nothing.</summary>
    public required RetrySettings? Retry { get; init; }

    /// <summary>The path and query.</summary>
    internal CallTarget Target { get; }

    /// <summary>The body; null for that of the client's request, where the method takes one.</summary>
    internal RequestValue? Input { get; }

    /// <summary>Whether the body of the client's request is its own where the document gives none: of GET, HEAD and DELETE a body means nothing (RFC 9110 §9.3).</summary>
    internal bool TakesBody => Method is not ("GET" or "HEAD" or "DELETE");

    /// <summary>Calls.</summary>
    internal ForwardHandler Caller { get; }

    /// <summary>Compiles.</summary>
    /// <param name="call">What the document says of it, and of what guards it.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path and query.</param>
    /// <param name="input">The body; null for that of the client's request.</param>
    /// <param name="breaker">When calls stop for a while; null for the service's own.</param>
    /// <param name="scope">The operation, with the calls that were made before.</param>
    /// <returns>Null when the service is not known, or a value cannot be had here; which is reported.</returns>
    public static ServiceCall? Compile(IServiceCall call, string method, TargetTemplate path, ValueExpression? input, CircuitBreakerSettings? breaker, OperationScope scope)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(path);
        if (call.Service is not { } service || !scope.Services.Names.Contains(service))
            return null; // Reported by the extension's own check.
        CallTarget? target = CallTargetCompiler.Compile(path, scope);
        RequestValue? body = input is null ? null : RequestValueCompiler.Compile(input, scope);
        if (target is null || (input is not null && body is null))
            return null;
        var guarded = new BackendExtension { Service = service, Timeout = call.Timeout, Retry = s_once, CircuitBreaker = breaker, Node = call.Node };
        return new ServiceCall(service, method, target, body, scope.Services.HandlerOf(ForwardHandlerCompiler.PlanOf(guarded, service, scope)))
        {
            Retry = call.Retry ?? scope.Services.SettingsOf(service).Retry ?? scope.Config.Retry,
        };
    }

    /// <summary>The call in words.</summary>
    public override string ToString() => $"{Method} {Target} to {Service}";
}
