using System.Collections.Concurrent;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Lets one thing happen to an order at a time where other services take part, so that nobody calls off what is just being paid.</summary>
internal sealed class OrderTurns
{
    private readonly ConcurrentDictionary<(string Tenant, string Order), byte> _taken = new();

    public IDisposable Take(ServiceRequest request)
    {
        var order = (request.Caller.Tenant, request.Route("orderId"));
        return _taken.TryAdd(order, 0)
            ? new Turn(() => _taken.TryRemove(order, out _))
            : throw Busy("The order is just being paid, called off or moved along.");
    }

    /// <summary>Asks whoever wants something of an order to come back.</summary>
    public static ApiException Busy(string message) =>
        new(StatusCodes.Status409Conflict, "ORDER_BUSY", message) { RetryAfterSeconds = 1 };

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
