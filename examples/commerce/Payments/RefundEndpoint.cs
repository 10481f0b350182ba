using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>Paying back, in part or whole, and never more than was paid.</summary>
internal sealed class RefundEndpoint(ServiceRuntime runtime, PaymentBook book, PaymentGatewayService gateway)
{
    private const string Pending = "PENDING";
    private const string Succeeded = "SUCCEEDED";
    private const string Failed = "FAILED";

    // All is paid back already, or nothing was ever taken, and no amount was asked for: there is nothing to do.
    private const string NothingToDo = "";

    // Nothing was taken yet: what is set aside is let go.
    private const string LetGo = "let-go";

    public void Map(ServiceRoutes routes) => routes.Post("/payments/{paymentId}/refund", Access.Trusted, RefundAsync);

    private Task<Answer> RefundAsync(ServiceRequest request)
    {
        var wanted = request.BodyOr(new RefundRequest());
        // Who acts for a customer may undo what it did for that customer, and no more than that.
        if (!request.Caller.IsOperator && IdempotencyScope.Of(request)?.Undone is null)
            throw ApiException.Forbidden("The role 'admin' is required.");
        return runtime.Idempotent.RunStagedAsync(
            request,
            connection => Begin(connection, request, wanted),
            refundId => PayBackAsync(refundId, request));
    }

    private string Begin(SqliteConnection connection, ServiceRequest request, RefundRequest wanted)
    {
        var isUndo = IdempotencyScope.Of(request)?.Undone is not null;
        if (isUndo && PaymentStore.Find(connection, request.Caller.Tenant, request.Route("paymentId")) is null)
            return NothingToDo;
        var payment = PaymentEndpoints.Existing(connection, request);
        if (wanted.Amount is null && (payment.State is PaymentStatus.Refunded or PaymentStatus.Voided || (isUndo && payment.State == PaymentStatus.Failed)))
            return NothingToDo;
        if (payment.State == PaymentStatus.Authorized && wanted.Amount is null)
            return LetGo;
        if (isUndo && payment.State == PaymentStatus.Pending)
        {
            throw new ApiException(StatusCodes.Status409Conflict, "PAYMENT_UNRESOLVED", "The provider has not said yet what became of the payment.")
            {
                RetryAfterSeconds = 1,
            };
        }

        if (payment.State is not (PaymentStatus.Succeeded or PaymentStatus.PartiallyRefunded))
        {
            throw ApiException.Conflict("PAYMENT_NOT_REFUNDABLE",
                $"A payment that is {payment.Status} cannot be refunded.", new { status = payment.State });
        }

        var pending = PaymentStore.PendingRefunds(connection, payment.Id);
        var left = payment.AmountMinor - payment.RefundedMinor - pending.Sum(refund => refund.AmountMinor);
        var amount = Amount(payment, wanted.Amount, left);
        // The same refund again, whose outcome is not known: take it up, under the key that the provider has seen.
        if (pending.FirstOrDefault(refund => refund.AmountMinor == amount || (wanted.Amount is null && left == 0)) is { } open)
            return open.Id;
        if (amount > left)
            throw ApiException.Conflict("REFUND_EXCEEDS_PAYMENT", "More than is left of the payment cannot be refunded.");
        var row = new RefundRow
        {
            Id = Ids.New("ref", runtime.Clock),
            PaymentId = payment.Id,
            AmountMinor = amount,
            Status = Pending,
            Reason = wanted.Reason,
            CreatedAt = Timestamps.Now(runtime.Clock),
        };
        PaymentStore.InsertRefund(connection, row);
        return row.Id;
    }

    private async Task<Func<SqliteConnection, Answer>> PayBackAsync(string refundId, ServiceRequest request)
    {
        if (refundId == NothingToDo)
            return connection => PaymentStore.Find(connection, request.Caller.Tenant, request.Route("paymentId")) is { } row ? Answer.Ok(row.ToPayment()) : Answer.NoContent();
        if (refundId == LetGo)
            return await LetGoAsync(request);
        var (payment, refund) = runtime.Database.Read(
            connection => (PaymentEndpoints.Existing(connection, request), PaymentStore.GetRefund(connection, refundId)));
        try
        {
            await gateway.RefundAsync(
                payment.ChargeId!, payment.Amount with { Value = refund.AmountMinor }, request.Call, refundId, runtime.Stopping);
            return connection => Close(connection, request, refundId);
        }
        catch (IntegrationException refused) when (refused.Call.Status == StatusCodes.Status409Conflict)
        {
            return connection =>
            {
                PaymentStore.SetRefundStatus(connection, refundId, Failed);
                return runtime.Errors.Answer(refused.ToApi());
            };
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
    }

    private async Task<Func<SqliteConnection, Answer>> LetGoAsync(ServiceRequest request)
    {
        var id = request.Route("paymentId");
        try
        {
            await gateway.CancelIntentAsync(
                runtime.Database.Read(connection => PaymentStore.IntentOf(connection, id)), request.Call, $"void-{id}", runtime.Stopping);
            return connection => Answer.Ok(book.Move(connection, request, id, PaymentStatus.Authorized, PaymentStatus.Voided).ToPayment());
        }
        catch (IntegrationException closed) when (closed.Call.ErrorCode == PaymentCodes.IntentClosed)
        {
            // Somebody takes it at the same time: what is taken is paid back, by who asks for that.
            return _ => runtime.Errors.Answer(ApiException.Conflict("PAYMENT_NOT_REFUNDABLE", "What was set aside is just being taken.", new { paymentId = id }));
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
    }

    private Answer Close(SqliteConnection connection, ServiceRequest request, string refundId)
    {
        var payment = PaymentEndpoints.Existing(connection, request);
        var refund = PaymentStore.GetRefund(connection, refundId);
        // Two requests may have taken up the same refund; it counts once.
        if (refund.Status == Pending)
        {
            var refunded = payment.RefundedMinor + refund.AmountMinor;
            var status = refunded == payment.AmountMinor ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded;
            payment = payment with
            {
                RefundedMinor = refunded,
                Status = EnumText<PaymentStatus>.Of(status),
                UpdatedAt = Timestamps.Now(runtime.Clock),
            };
            PaymentStore.Update(connection, payment);
            PaymentStore.SetRefundStatus(connection, refundId, Succeeded);
        }

        return Answer.Ok(payment.ToPayment());
    }

    private static long Amount(PaymentRow payment, Money? wanted, long left)
    {
        if (wanted is null)
            return left;
        return MinorUnits.TryFrom(wanted, out var amount) && amount.Value > 0 && amount.Currency == payment.Amount.Currency
            ? amount.Value
            : throw ApiException.Invalid("/amount", "must be a positive amount in the payment's currency");
    }
}
