namespace Commerce.Shared.Models;

/// <summary>An amount as it travels. Nothing is calculated with it: <see cref="MinorUnits"/> does that.</summary>
internal sealed record Money
{
    public required double Amount { get; init; }

    public required Currency Currency { get; init; }
}
