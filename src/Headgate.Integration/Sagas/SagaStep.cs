using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>One step of a saga: a call, and the call that undoes it.</summary>
public sealed record SagaStep : IServiceCall
{
    /// <summary>The name.</summary>
    [Setting("The name, unique in the saga, for `$steps.NAME`, logs and traces.", Format = SettingFormat.Name)]
    public required string Name { get; init; }

    /// <summary>The service.</summary>
    [Setting("The service, a key of `services` in `x-gateway-config`.", Format = SettingFormat.Name)]
    public required string Service { get; init; }

    /// <summary>The request target at the service.</summary>
    [Setting("The path and query at the service, with placeholders.")]
    public required TargetTemplate Path { get; init; }

    /// <summary>The method.</summary>
    [Setting("The method.", Format = SettingFormat.Method)]
    public string Method { get; init; } = "POST";

    /// <summary>The JSON body; null for the body of the client's request.</summary>
    [Setting("The JSON body.", Default = "the body of the client's request")]
    public ValueExpression? Input { get; init; }

    /// <summary>What undoes the step; null when there is nothing to undo.</summary>
    [Setting("What undoes the step: a path, or an object. `null` where there is nothing to undo.", Default = "nothing")]
    public SagaCompensation? Compensate { get; init; }

    /// <summary>How long the call may take.</summary>
    [Setting("How long the call may take.", Default = "the service's")]
    public CallTimeout? Timeout { get; init; }

    /// <summary>How a failed call is repeated.</summary>
    [Setting("How a failed call is repeated, always under the same idempotency key.", Default = "the service's")]
    public RetrySettings? Retry { get; init; }

    /// <summary>When calls stop for a while.</summary>
    [Setting("When calls stop for a while.", Aliases = ["breaker"], Default = "the service's")]
    public CircuitBreakerSettings? CircuitBreaker { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
