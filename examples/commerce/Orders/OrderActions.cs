using Commerce.Payments;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders;

/// <summary>What a customer does with an order: pay it, or call it off.</summary>
internal sealed class OrderActions(ServiceRuntime runtime, OrderBook book, PaymentDesk payments)
{
    private readonly OrderTurns _turns = new();

    public void Map(ServiceRoutes routes)
    {
        routes.Post("/orders/{orderId}/cancel", Access.Caller, CancelAsync);
        routes.Post("/orders/{orderId}/pay", Access.Caller, PayAsync);
    }

    private async Task<Answer> PayAsync(ServiceRequest request)
    {
        var method = request.BodyOr(new PayOrderRequest()).PaymentMethod;
        method?.Validate("/paymentMethod");
        using var turn = _turns.Take(request);
        return await runtime.Idempotent.RunStagedAsync(request, connection => BeginPayment(connection, request), _ => ChargeAsync(request, method));
    }

    private static string BeginPayment(SqliteConnection connection, ServiceRequest request)
    {
        var row = OrderEndpoints.Existing(connection, request);
        OrderStatusMachine.Require(row.State, OrderStatus.Confirmed);
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
        using var turn = _turns.Take(request);
        return await runtime.Idempotent.RunStagedAsync(
            request,
            connection =>
            {
                var row = OrderEndpoints.Existing(connection, request);
                // Calling off what is called off changes nothing: whoever undoes an order may have to try twice.
                if (row.State != OrderStatus.Cancelled)
                    OrderStatusMachine.Require(row.State, OrderStatus.Cancelled);
                return row.Id;
            },
            async _ =>
            {
                await PayBackAsync(Existing(request), request);
                return connection => Cancel(connection, request);
            });
    }

    private async Task PayBackAsync(OrderRow row, ServiceRequest request)
    {
        // A payment whose answer never came (the service died, the provider was slow) may have gone through all the same.
        var paymentId = row.PaymentId
            ?? (row.PaymentPending ? await payments.FindPaidAsync(row, request.Call, runtime.Stopping) : null);
        if (paymentId is not null)
            await payments.RefundAsync(row, paymentId, request.Call, runtime.Stopping);
    }

    private Answer Cancel(SqliteConnection connection, ServiceRequest request)
    {
        var row = OrderEndpoints.Existing(connection, request);
        if (row.State != OrderStatus.Cancelled)
            row = book.Move(connection, request, row with { PaymentPending = false }, OrderStatus.Cancelled);
        return Answer.Ok(row.ToOrder());
    }

    private OrderRow Existing(ServiceRequest request) =>
        runtime.Database.Read(connection => OrderEndpoints.Existing(connection, request));
}
