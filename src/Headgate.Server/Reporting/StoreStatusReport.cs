using Headgate.Storage;

namespace Headgate.Server.Reporting;

/// <summary>A store as <c>headgate store status</c> shows it.</summary>
internal sealed record StoreStatusReport
{
    public required string Place { get; init; }

    public required string Engine { get; init; }

    /// <summary>Whether there is one at all.</summary>
    public required bool Exists { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>Whether what is acknowledged survives a power cut.</summary>
    public required bool Durable { get; init; }

    public required IReadOnlyList<MigrationReport> Applied { get; init; }

    /// <summary>What opening the store would run.</summary>
    public required IReadOnlyList<string> Pending { get; init; }

    /// <summary>Why this program refuses the store; null when it does not.</summary>
    public required string? Refusal { get; init; }

    /// <summary>Whether this program finds the store as it wants it.</summary>
    public bool IsCurrent => Exists && Pending.Count == 0 && Refusal is null;

    public static StoreStatusReport Of(StoreLocation location, StoreInspection found) => new()
    {
        Place = location.ToString(),
        Engine = found.Engine,
        Exists = found.Exists,
        SizeBytes = found.SizeBytes,
        Durable = found.Durable,
        Applied = [.. found.Applied.Select(MigrationReport.Of)],
        Pending = found.Pending,
        Refusal = found.Refusal?.ToString(),
    };
}
