namespace Commerce.Simulators;

internal sealed record ChargeSource
{
    public required string Card { get; init; }
}
