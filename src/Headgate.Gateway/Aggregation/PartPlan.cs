using Headgate.Gateway.Calls;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>One part of an aggregate, compiled. Immutable; what changes is the counts.</summary>
internal sealed record PartPlan
{
    /// <summary>The member of the answer, and the part's name.</summary>
    public required string Field { get; init; }

    /// <summary>The member's name as JSON, with its colon.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The service that is asked.</summary>
    public required string Service { get; init; }

    /// <summary>Asks it. The seam of whatever may answer in the service's place: it gets the part's own request, and leaves the answer in that context.</summary>
    public required GatewayHandler Caller { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The path and query.</summary>
    public required CallTarget Target { get; init; }

    /// <summary>The body; null for none.</summary>
    public RequestValue? Input { get; init; }

    /// <summary>What of the service's answer is taken, as the tokens of a pointer; empty for all.</summary>
    public required byte[][] Select { get; init; }

    /// <summary>Whether the answer may lack it.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>What stands in for it; null for nothing.</summary>
    public RequestValue? Fallback { get; init; }

    /// <summary>The positions of the parts that it waits for.</summary>
    public required int[] DependsOn { get; init; }

    /// <summary>The positions of the parts that wait for it.</summary>
    public required int[] Dependents { get; init; }

    /// <summary>What came of it so far.</summary>
    public required PartCounts Counts { get; init; }

    /// <summary>Whether there is no answer without it.</summary>
    public bool IsRequired => !IsOptional && Fallback is null;

    /// <summary>The part in words.</summary>
    public override string ToString()
    {
        string fate = Fallback is not null ? ", else its fallback" : IsOptional ? ", else null" : "";
        return $"{Field} from {Method} {Target} to {Service}{fate}";
    }
}
