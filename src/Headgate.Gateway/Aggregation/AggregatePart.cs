using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.Cache;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>One part of an aggregate: a call, and the member of the answer into which its result goes.</summary>
public sealed record AggregatePart : IServiceCall
{
    /// <summary>The service.</summary>
    [Setting("The service, a key of `services` in `x-gateway-config`.", Format = SettingFormat.Name)]
    public required string Service { get; init; }

    /// <summary>The request target at the service.</summary>
    [Setting("The path and query at the service, with placeholders.")]
    public required TargetTemplate Path { get; init; }

    /// <summary>The member of the answer.</summary>
    [Setting("The member of the answer into which the result goes, and the part's name in `$parts.NAME` and `dependsOn`.")]
    public required string Field { get; init; }

    /// <summary>The method.</summary>
    [Setting("The method.", Format = SettingFormat.Method)]
    public string Method { get; init; } = "GET";

    /// <summary>The JSON body of the call.</summary>
    [Setting("The JSON body of the call.", Default = "no body")]
    public ValueExpression? Input { get; init; }

    /// <summary>Which part of the service's answer is taken.</summary>
    [Setting("Which part of the service's answer is taken.", Default = "all of it")]
    public JsonPointer? Select { get; init; }

    /// <summary>Whether the answer may lack this part.</summary>
    [Setting("Whether the answer is given without this part when it fails: its member is then null and `errors` names the service.")]
    public bool Optional { get; init; }

    /// <summary>What stands in for a part that failed.</summary>
    [Setting("What stands in for the part when it fails.", Default = "null where `optional`, else the failure of the whole")]
    public ValueExpression? Fallback { get; init; }

    /// <summary>The parts that must be there first.</summary>
    [Setting("The parts that must be there before this one is asked for.", AllowSingle = true)]
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>How long the call may take.</summary>
    [Setting("How long the call may take.", Default = "the service's")]
    public CallTimeout? Timeout { get; init; }

    /// <summary>How a failed call is repeated.</summary>
    [Setting("How a failed call is repeated.", Default = "the service's")]
    public RetrySettings? Retry { get; init; }

    /// <summary>When calls stop for a while.</summary>
    [Setting("When calls stop for a while.", Aliases = ["breaker"], Default = "the service's")]
    public CircuitBreakerSettings? CircuitBreaker { get; init; }

    /// <summary>How the part's answer is cached.</summary>
    [Setting("How the part's answer is cached.", Default = "not cached")]
    public CacheExtension? Cache { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
