using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders.Checkout;

/// <summary>The steps of a checkout that are the order service's: a cart is priced, its order placed at that price, and confirmed when it is paid.</summary>
internal sealed class CheckoutEndpoints(ServiceRuntime runtime, OrderBook book, OrderDraft draft, PaymentDesk payments)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/orders/quote", Access.Trusted, QuoteAsync);
        routes.Post("/orders/{orderId}/place", Access.Trusted, PlaceAsync);
        routes.Post("/orders/{orderId}/confirm", Access.Trusted, ConfirmAsync);
    }

    private Task<Answer> QuoteAsync(ServiceRequest request)
    {
        var wanted = request.Body<QuoteRequest>().ToOrder(request.Caller.User);
        wanted.Validate();
        var tenant = request.Caller.Tenant;
        return runtime.Idempotent.RunAsync(
            request,
            cancellation => draft.QuoteAsync(wanted, request.Call, cancellation),
            (connection, products) =>
            {
                var row = draft.Price(wanted, products) with { TenantId = tenant };
                CheckoutTable.Save(connection, new CheckoutRow { OrderId = row.Id, TenantId = tenant, UserId = row.UserId, Quote = Json.Text(row), Held = true });
                var order = row.ToOrder();
                return Answer.Ok(new Quote(order.Id, order.Items, order.Subtotal, order.Tax, order.Shipping, order.Total));
            });
    }

    private Task<Answer> PlaceAsync(ServiceRequest request)
    {
        var wanted = request.BodyOr(new PlaceRequest());
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var checkout = Existing(connection, request);
            if (checkout.Quote is not { } quote || OrderStore.Find(connection, checkout.TenantId, checkout.OrderId) is not null)
                throw ApiException.Conflict("ORDER_EXISTS", "The order is placed already.");
            var row = Json.Read<OrderRow>(quote);
            CheckoutTable.Save(connection, checkout with { Quote = null, ReservationId = wanted.ReservationId });
            book.Place(connection, request, row);
            return Answer.Created($"/orders/{row.Id}", row.ToOrder());
        });
    }

    private Task<Answer> ConfirmAsync(ServiceRequest request)
    {
        var paymentId = request.Body<ConfirmRequest>().PaymentId;
        return runtime.Idempotent.RunAsync(
            request,
            cancellation => payments.GetAsync(runtime.Database.Read(connection => OrderEndpoints.Existing(connection, request)), paymentId, request.Call, cancellation),
            (connection, receipt) =>
            {
                var row = OrderEndpoints.Existing(connection, request);
                if (row.PaymentId == receipt.Id)
                    return Answer.Ok(row.ToOrder());
                if (!receipt.Pays(row))
                    throw ApiException.Conflict("ORDER_NOT_PAID", $"Payment {receipt.Id} does not pay the order.", new { status = receipt.Status });
                row = book.Move(connection, request, row with { PaymentId = receipt.Id, PaymentPending = false }, OrderStatus.Confirmed);
                CheckoutTable.Release(connection, row.Id);
                return Answer.Ok(row.ToOrder());
            });
    }

    private static CheckoutRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("orderId");
        var row = CheckoutTable.Find(connection, request.Caller.Tenant, id);
        return row is not null && request.Caller.MaySee(row.UserId) ? row : throw ApiException.NotFound("Order", id);
    }
}
