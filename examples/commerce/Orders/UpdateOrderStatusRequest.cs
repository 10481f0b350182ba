using Commerce.Shared.Web;

namespace Commerce.Orders;

internal sealed record UpdateOrderStatusRequest
{
    public required OrderStatus Status { get; init; }

    public string? Reason { get; init; }

    public string? TrackingNumber { get; init; }

    public void Validate()
    {
        var violations = new Violations();
        violations.Text(Reason, "/reason", 1000, shortest: 0);
        violations.Text(TrackingNumber, "/trackingNumber", 100);
        violations.ThrowIfAny();
    }
}
