using Commerce.Shared.Models;

namespace Commerce.Orders.History;

/// <summary>An order in the history of a customer, as the events tell it.</summary>
internal sealed record CustomerOrder
{
    public required string OrderId { get; init; }

    public required OrderStatus Status { get; init; }

    /// <summary>How many pieces were ordered.</summary>
    public required int Pieces { get; init; }

    public required Money Total { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    /// <summary>Up to which place in the event log this is true.</summary>
    public required long Offset { get; init; }
}
