using System.Text.Json.Serialization;

namespace Headgate.Server.Reporting;

/// <summary>The body of a probe's answer.</summary>
internal sealed record ProbeReport(string Status)
{
    /// <summary>Why the instance wants no traffic, when it is neither starting nor draining; of one that runs, what somebody has to see to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
