using System.Text.Json;

namespace Commerce.Simulators;

/// <summary>One movement of money, as a line of the ledger.</summary>
internal sealed record LedgerEntry
{
    public required string Type { get; init; }

    public required string ChargeId { get; init; }

    public string? RefundId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public required string At { get; init; }
}
