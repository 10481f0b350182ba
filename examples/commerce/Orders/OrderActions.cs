using Commerce.Orders.Checkout;
using Commerce.Payments;
using Commerce.Shared.Hosting;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders;

/// <summary>What a customer does with an order: pay it, or call it off.</summary>
internal sealed class OrderActions(ServiceRuntime runtime, OrderBook book, PaymentDesk payments, StockDesk stock, OrderTurns turns)
{
    private const string NothingToDo = "";

    public void Map(ServiceRoutes routes)
    {
        routes.Post("/orders/{orderId}/cancel", Access.Caller, CancelAsync);
        routes.Post("/orders/{orderId}/pay", Access.Caller, PayAsync);
    }

    private async Task<Answer> PayAsync(ServiceRequest request)
    {
        var method = request.BodyOr(new PayOrderRequest()).PaymentMethod;
        method?.Validate("/paymentMethod");
        using var turn = turns.Take(request);
        return await runtime.Idempotent.RunStagedAsync(request, connection => BeginPayment(connection, request), _ => ChargeAsync(request, method));
    }

    private static string BeginPayment(SqliteConnection connection, ServiceRequest request)
    {
        var row = OrderEndpoints.Existing(connection, request);
        OrderStatusMachine.Require(row.State, OrderStatus.Confirmed);
        RequireNotHeld(connection, request, row);
        OrderStore.Update(connection, row with { PaymentPending = true });
        return row.Id;
    }

    private async Task<Func<SqliteConnection, Answer>> ChargeAsync(ServiceRequest request, PaymentMethod? method)
    {
        var row = Existing(request);
        try
        {
            var receipt = await payments.PayAsync(row, method, request.Call, runtime.Stopping);
            return connection => Confirm(connection, request, receipt);
        }
        catch (ApiException declined) when (declined.Code == PaymentCodes.Declined)
        {
            return connection => Declined(connection, request, declined);
        }
    }

    private Answer Confirm(SqliteConnection connection, ServiceRequest request, PaymentReceipt receipt)
    {
        var row = OrderEndpoints.Existing(connection, request);
        if (row.PaymentId == receipt.Id)
            return Answer.Ok(row.ToOrder());
        if (!receipt.Pays(row))
            throw new InvalidOperationException($"Payment {receipt.Id} does not pay order {row.Id}.");
        row = book.Move(connection, request, row with { PaymentId = receipt.Id, PaymentPending = false }, OrderStatus.Confirmed);
        return Answer.Ok(row.ToOrder());
    }

    private Answer Declined(SqliteConnection connection, ServiceRequest request, ApiException declined)
    {
        var row = OrderEndpoints.Existing(connection, request);
        OrderStore.Update(connection, row with { DeclinedPayments = row.DeclinedPayments + 1, PaymentPending = false });
        return runtime.Errors.Answer(declined);
    }

    private async Task<Answer> CancelAsync(ServiceRequest request)
    {
        using var turn = turns.Take(request);
        return await runtime.Idempotent.RunStagedAsync(
            request,
            connection => BeginCancel(connection, request),
            async id =>
            {
                if (id == NothingToDo)
                    return _ => Answer.NoContent();
                var row = Existing(request);
                await PayBackAsync(row, request);
                return connection => Cancel(connection, request, row.PaymentId);
            });
    }

    private static string BeginCancel(SqliteConnection connection, ServiceRequest request)
    {
        // What is to be undone never was, and never will be: its key is withdrawn.
        if (IdempotencyScope.Of(request)?.Undone is not null && OrderStore.Find(connection, request.Caller.Tenant, request.Route("orderId")) is null)
            return NothingToDo;
        var row = OrderEndpoints.Existing(connection, request);
        // Calling off what is called off changes nothing: whoever undoes an order may have to try twice.
        if (row.State == OrderStatus.Cancelled)
            return row.Id;
        OrderStatusMachine.Require(row.State, OrderStatus.Cancelled);
        RequireNotHeld(connection, request, row);
        return row.Id;
    }

    // Who sees an order through has money and stock under way for it: a customer who takes it away meanwhile would leave them nowhere.
    private static void RequireNotHeld(SqliteConnection connection, ServiceRequest request, OrderRow row)
    {
        if (request.Caller is { IsService: false, IsAdmin: false } && CheckoutTable.Find(connection, row.TenantId, row.Id) is { Held: true })
            throw OrderTurns.Busy("The order is just being checked out.");
    }

    private async Task PayBackAsync(OrderRow row, ServiceRequest request)
    {
        // A payment whose answer never came (the service died, the provider was slow) may have gone through all the same.
        var paymentId = row.PaymentId
            ?? (row.PaymentPending ? await payments.FindPaidAsync(row, request.Call, runtime.Stopping) : null);
        if (paymentId is not null)
            await payments.RefundAsync(row, paymentId, request.Call, runtime.Stopping);
        if (runtime.Database.Read(connection => CheckoutTable.Find(connection, row.TenantId, row.Id)) is { ReservationId: { } reservation })
            await stock.ReleaseAsync(row, reservation, request.Call, runtime.Stopping);
    }

    private Answer Cancel(SqliteConnection connection, ServiceRequest request, string? paidBack)
    {
        var row = OrderEndpoints.Existing(connection, request);
        // Who sees the order through has confirmed it meanwhile: it is paid with money that was not looked at. Once more, then.
        if (row.State != OrderStatus.Cancelled && row.PaymentId != paidBack)
            throw OrderTurns.Busy("The order was just paid.");
        if (row.State != OrderStatus.Cancelled)
            row = book.Move(connection, request, row with { PaymentPending = false }, OrderStatus.Cancelled);
        CheckoutTable.Release(connection, row.Id);
        return Answer.Ok(row.ToOrder());
    }

    private OrderRow Existing(ServiceRequest request) =>
        runtime.Database.Read(connection => OrderEndpoints.Existing(connection, request));
}
