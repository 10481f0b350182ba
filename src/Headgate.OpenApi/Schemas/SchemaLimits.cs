using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas;

/// <summary>What a validation may cost, so that a hostile value gives a violation instead of a hang or a crash.</summary>
public sealed record SchemaLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static SchemaLimits Default { get; } = new();

    /// <summary>The limits of the JSON text itself.</summary>
    public JsonLimits Json { get; init; } = JsonLimits.Default;

    /// <summary>How often schemas may be applied to one value, all its parts and alternatives together. Default 4,000,000.</summary>
    public long MaxSteps { get; init; } = 4_000_000;

    /// <summary>How often schemas may be applied for each value and name that there is, and for 20 more: a small value cannot buy all of <see cref="MaxSteps"/>. Default 1,000.</summary>
    public long MaxStepsPerValue { get; init; } = 1000;

    /// <summary>Violations that are told. Default 32.</summary>
    public int MaxViolations { get; init; } = 32;
}
