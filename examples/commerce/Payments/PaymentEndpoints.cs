using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>Taking payments through the provider, and looking at them.</summary>
internal sealed class PaymentEndpoints(ServiceRuntime runtime, PaymentBook book, PaymentGatewayService gateway)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/payments", Access.Caller, CreateAsync);
        routes.Get("/payments", Access.Caller, List);
        routes.Get("/payments/{paymentId}", Access.Caller, Get);
        routes.Get("/payments/{paymentId}/status", Access.Caller, GetStatusAsync);
    }

    private Task<Answer> CreateAsync(ServiceRequest request)
    {
        var wanted = request.Body<CreatePaymentRequest>();
        wanted.Validate();
        return runtime.Idempotent.RunStagedAsync(
            request,
            connection => book.Begin(connection, request, wanted, isIntent: false),
            id => book.AskAsync(request, id, row => ChargeAsync(row, request, wanted.Method)));
    }

    private async Task<Func<SqliteConnection, PaymentRow>> ChargeAsync(PaymentRow row, ServiceRequest request, PaymentMethod method)
    {
        var charge = await gateway.CreateChargeAsync(
            row.Amount, method.CardNumber, new { paymentId = row.Id, orderId = row.OrderId }, request.Call, row.Id, runtime.Stopping);
        return connection => book.Move(connection, request, row.Id, PaymentStatus.Pending, PaymentStatus.Succeeded, charge.Id);
    }

    private Answer List(ServiceRequest request)
    {
        var page = PageQuery.Read(request.Query);
        var userId = request.Caller.IsOperator ? null : request.Caller.User;
        return Answer.Ok(runtime.Database.Read(
            connection => PaymentStore.List(connection, request.Caller.Tenant, userId, request.Query.Text("orderId"), page)));
    }

    private Answer Get(ServiceRequest request) => Answer.Ok(Existing(request).ToPayment());

    private async Task<Answer> GetStatusAsync(ServiceRequest request)
    {
        var row = Existing(request);
        try
        {
            var charge = row.ChargeId is { } chargeId
                ? await gateway.GetChargeStatusAsync(chargeId, request.Call, request.Aborted)
                : null;
            return Answer.Ok(new PaymentProviderStatus(row.Id, row.State, charge));
        }
        catch (IntegrationException error)
        {
            throw error.ToApi();
        }
    }

    private PaymentRow Existing(ServiceRequest request) =>
        runtime.Database.Read(connection => Existing(connection, request));

    /// <summary>The payment that the path names, if the caller may know of it; to everybody else it does not exist.</summary>
    public static PaymentRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("paymentId");
        var row = PaymentStore.Find(connection, request.Caller.Tenant, id);
        return row is not null && request.Caller.MaySee(row.UserId) ? row : throw ApiException.NotFound("Payment", id);
    }
}
