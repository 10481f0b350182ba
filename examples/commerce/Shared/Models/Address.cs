namespace Commerce.Shared.Models;

internal sealed record Address
{
    public required string Street { get; init; }

    public required string City { get; init; }

    public string? State { get; init; }

    public required string PostalCode { get; init; }

    public required Country Country { get; init; }
}
