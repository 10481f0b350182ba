namespace Commerce.Simulators;

/// <summary>A row of <c>charges</c>, which is also what callers see of it.</summary>
internal sealed record Charge
{
    public string Id { get; init; } = "";

    public long Amount { get; init; }

    public string Currency { get; init; } = "";

    public string Status { get; init; } = "succeeded";

    public long Refunded { get; init; }

    public string CreatedAt { get; init; } = "";
}
