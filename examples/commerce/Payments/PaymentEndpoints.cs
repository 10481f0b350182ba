using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>Taking payments through the provider, and looking at them.</summary>
internal sealed class PaymentEndpoints(ServiceRuntime runtime, PaymentGatewayService gateway)
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
        var amount = wanted.Validate();
        var method = wanted.PaymentMethod ?? PaymentMethod.TestCard;
        return runtime.Idempotent.RunStagedAsync(
            request,
            connection => Begin(connection, request, wanted.OrderId, amount, method),
            id => ChargeAsync(id, request, method));
    }

    private string Begin(SqliteConnection connection, ServiceRequest request, string orderId, MinorUnits amount, PaymentMethod method)
    {
        if (PaymentStore.FindOpen(connection, request.Caller.Tenant, orderId) is { } open)
        {
            // The same payment again, whose outcome is not known: take it up, under the key that the provider has seen.
            if (open.State == PaymentStatus.Pending && open.Amount == amount && open.CardLast4 == method.Last4)
                return open.Id;
            throw ApiException.Conflict(PaymentCodes.Exists, $"Order '{orderId}' has a payment already.",
                new { paymentId = open.Id, status = open.State });
        }

        var now = Timestamps.Now(runtime.Clock);
        var row = new PaymentRow
        {
            Id = Ids.New("pay", runtime.Clock),
            TenantId = request.Caller.Tenant,
            OrderId = orderId,
            UserId = request.Caller.User,
            AmountMinor = amount.Value,
            Currency = EnumText<Currency>.Of(amount.Currency),
            Status = EnumText<PaymentStatus>.Of(PaymentStatus.Pending),
            CardLast4 = method.Last4,
            CreatedAt = now,
            UpdatedAt = now,
        };
        PaymentStore.Insert(connection, row);
        return row.Id;
    }

    private async Task<Func<SqliteConnection, Answer>> ChargeAsync(string id, ServiceRequest request, PaymentMethod method)
    {
        var row = runtime.Database.Read(connection => PaymentStore.Find(connection, request.Caller.Tenant, id))!;
        try
        {
            var charge = await gateway.CreateChargeAsync(
                row.Amount, method.CardNumber, new { paymentId = id, orderId = row.OrderId }, request.Call, id, runtime.Stopping);
            return connection => Close(connection, request, row, PaymentStatus.Succeeded, charge.Id, null);
        }
        catch (IntegrationException error) when (error.Call.Status == StatusCodes.Status402PaymentRequired)
        {
            var declined = new ApiException(StatusCodes.Status402PaymentRequired, PaymentCodes.Declined, "The payment was declined.",
                new { paymentId = id, reason = error.Call.ErrorCode }, error);
            return connection =>
            {
                Close(connection, request, row, PaymentStatus.Failed, null, error.Call.ErrorCode);
                return runtime.Errors.Answer(declined);
            };
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
    }

    private Answer Close(SqliteConnection connection, ServiceRequest request, PaymentRow begun, PaymentStatus status, string? chargeId, string? failureCode)
    {
        var row = PaymentStore.Find(connection, begun.TenantId, begun.Id)!;
        // Two requests may have taken up the same payment; it is processed once.
        if (row.State == PaymentStatus.Pending)
        {
            row = row with
            {
                Status = EnumText<PaymentStatus>.Of(status),
                ChargeId = chargeId,
                FailureCode = failureCode,
                UpdatedAt = Timestamps.Now(runtime.Clock),
            };
            PaymentStore.Update(connection, row);
            runtime.Outbox.Add(connection, request, row.TenantId, new PaymentProcessedEvent(row.ToPayment()));
        }

        return Answer.Created($"/payments/{row.Id}", row.ToPayment());
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
