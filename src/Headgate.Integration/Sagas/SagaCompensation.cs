using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>The call that undoes a step.</summary>
public sealed record SagaCompensation : IServiceCall
{
    /// <summary>The request target at the service.</summary>
    [Setting("The path and query, with placeholders; the step's own answer is known here.")]
    [Shorthand]
    public required TargetTemplate Path { get; init; }

    /// <summary>The service; null for the step's.</summary>
    [Setting("The service.", Format = SettingFormat.Name, Default = "the step's")]
    public string? Service { get; init; }

    /// <summary>The method.</summary>
    [Setting("The method.", Format = SettingFormat.Method)]
    public string Method { get; init; } = "POST";

    /// <summary>The JSON body; null for the body of the client's request.</summary>
    [Setting("The JSON body.", Default = "the body of the client's request")]
    public ValueExpression? Input { get; init; }

    /// <summary>How long the call may take.</summary>
    [Setting("How long the call may take.", Default = "the service's")]
    public CallTimeout? Timeout { get; init; }

    /// <summary>How a failed call is repeated.</summary>
    [Setting("How a failed call is repeated before the saga needs attention.", Default = "10 attempts, exponential")]
    public RetrySettings? Retry { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
