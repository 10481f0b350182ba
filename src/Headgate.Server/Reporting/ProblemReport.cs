using System.Text.Json.Serialization;

namespace Headgate.Server.Reporting;

/// <summary>An error of the admin API: problem details (RFC 9457).</summary>
internal sealed record ProblemReport(string Type, string Title, int Status, string Detail, string Code)
{
    /// <summary>What is wrong with the body, member by member; null where the body is not at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The detail, and under it each member at fault.</summary>
    public override string ToString() => string.Join("\n  ", [Detail, .. (Errors ?? []).Select(error => $"{(error.Pointer.Length == 0 ? "(body)" : error.Pointer)}: {error.Detail}")]);
}
