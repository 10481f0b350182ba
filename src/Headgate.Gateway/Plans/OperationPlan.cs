using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>One operation, compiled: the policies in order and the handler. Immutable.</summary>
public sealed class OperationPlan
{
    /// <summary>The API it belongs to.</summary>
    public required ApiPlan Api { get; init; }

    /// <summary>The operation as the document has it.</summary>
    public required ApiOperation Operation { get; init; }

    /// <summary><c>operationId</c>, the name in logs, metrics and explanations.</summary>
    public string Id => Operation.Id;

    /// <summary>The policies with a request phase, in pipeline order.</summary>
    public required GatewayPolicy[] RequestPolicies { get; init; }

    /// <summary>The policies with a response phase, last of the pipeline first.</summary>
    public required GatewayPolicy[] ResponsePolicies { get; init; }

    /// <summary>Makes the response.</summary>
    public required GatewayHandler Handler { get; init; }

    /// <summary>The names of its policies, in the order in which a request and its answer meet them.</summary>
    public IEnumerable<string> PolicyNames => RequestPolicies.Select(policy => policy.Name).Concat(ResponsePolicies.Reverse().Select(policy => policy.Name)).Distinct();

    /// <summary>The operation's counters, so that counting a request looks nothing up; null until the metrics know the plan.</summary>
    internal OperationMetrics? Metrics { get; set; }
}
