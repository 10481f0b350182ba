using Commerce.Shared.Data;
using Commerce.Orders.Checkout;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders;

/// <summary>Orders: placing, reading, and moving them along.</summary>
internal sealed class OrderEndpoints(ServiceRuntime runtime, OrderBook book, OrderDraft draft, OrderTurns turns)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/orders", Access.Caller, CreateAsync);
        routes.Get("/orders", Access.Caller, List);
        routes.Get("/orders/{orderId}", Access.Caller, Get);
        routes.Patch("/orders/{orderId}", Access.Caller, UpdateStatusAsync);
        routes.Get("/internal/orders/user/{userId}", Access.Service, ListOfUser);
    }

    private Task<Answer> CreateAsync(ServiceRequest request)
    {
        var wanted = request.Body<CreateOrderRequest>();
        wanted.Validate();
        if (!request.Caller.MaySee(wanted.UserId))
            throw ApiException.Forbidden("Only administrators may order for other users.");
        if (wanted.ReservationId is not null && request.Caller is { IsService: false, IsAdmin: false })
            throw ApiException.Forbidden("Only services may say what of the stock an order has.");
        var tenant = request.Caller.Tenant;
        return runtime.Idempotent.RunAsync(
            request,
            cancellation => draft.QuoteAsync(wanted, request.Call, cancellation),
            (connection, products) =>
            {
                var row = draft.Price(wanted, products) with { TenantId = tenant };
                if (wanted.ReservationId is { } reservation)
                    CheckoutTable.Save(connection, new CheckoutRow { OrderId = row.Id, TenantId = tenant, UserId = row.UserId, ReservationId = reservation, Held = true });
                book.Place(connection, request, row);
                return Answer.Created($"/orders/{row.Id}", row.ToOrder());
            });
    }

    private Answer List(ServiceRequest request)
    {
        var filter = OrderFilter.Read(request);
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(connection => OrderStore.List(connection, request.Caller.Tenant, filter, page)));
    }

    private Answer Get(ServiceRequest request) =>
        Answer.Ok(runtime.Database.Read(connection => Existing(connection, request)).ToOrder());

    private async Task<Answer> UpdateStatusAsync(ServiceRequest request)
    {
        var update = request.Body<UpdateOrderStatusRequest>();
        update.Validate();
        // Customers cancel through /cancel, which pays back; how an order goes on is the shop's to say.
        if (!request.Caller.IsOperator)
            throw ApiException.Forbidden("Only administrators and services may set the status of an order.");
        // An order that is just being called off is not sent away after its money.
        using var turn = turns.Take(request);
        return await runtime.Idempotent.RunAsync(request, connection =>
        {
            var row = Existing(connection, request);
            row = row with { TrackingNumber = update.TrackingNumber ?? row.TrackingNumber };
            return Answer.Ok(book.Move(connection, request, row, update.Status, update.Reason).ToOrder());
        });
    }

    private Answer ListOfUser(ServiceRequest request) => Answer.Ok(runtime.Database
        .Read(connection => OrderStore.OfUser(connection, request.Caller.TenantId, request.Route("userId")))
        .Select(row => row.ToOrder()).ToArray());

    /// <summary>The order that the path names, if the caller may know of it; to everybody else it does not exist.</summary>
    public static OrderRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("orderId");
        var row = OrderStore.Find(connection, request.Caller.Tenant, id);
        return row is not null && request.Caller.MaySee(row.UserId) ? row : throw ApiException.NotFound("Order", id);
    }
}
