using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders;

/// <summary>Writes orders, each change together with the event that tells of it.</summary>
internal sealed class OrderBook(ServiceRuntime runtime)
{
    /// <summary>A new order.</summary>
    public void Place(SqliteConnection connection, ServiceRequest request, OrderRow row)
    {
        OrderStore.Insert(connection, row);
        runtime.Outbox.Add(connection, request, row.TenantId, new OrderCreatedEvent(row.ToOrder()));
    }

    /// <summary>An order goes on, where its status allows it.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="request">What caused it.</param>
    /// <param name="row">The order with all that changes beside its status.</param>
    /// <param name="status">What becomes of it.</param>
    /// <param name="reason">Why, in words.</param>
    /// <returns>The order as it is now.</returns>
    /// <exception cref="ApiException">That cannot become of it.</exception>
    public OrderRow Move(SqliteConnection connection, ServiceRequest request, OrderRow row, OrderStatus status, string? reason = null)
    {
        var before = row.State;
        OrderStatusMachine.Require(before, status);
        row = row with { Status = EnumText<OrderStatus>.Of(status), UpdatedAt = Timestamps.Now(runtime.Clock) };
        OrderStore.Update(connection, row);
        runtime.Outbox.Add(connection, request, row.TenantId, new OrderStatusChangedEvent(row.Id, before, status, reason));
        return row;
    }
}
