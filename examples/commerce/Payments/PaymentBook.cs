using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>Writes payments down before the provider is asked and after it has answered, the latter together with the event that tells of it.</summary>
internal sealed class PaymentBook(ServiceRuntime runtime)
{
    /// <summary>A payment that is about to be asked for.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="request">On whose behalf.</param>
    /// <param name="wanted">What is to be paid.</param>
    /// <param name="isIntent">Whether it is set aside first, and taken later.</param>
    /// <returns>Its id, which is the key under which the provider is asked.</returns>
    public string Begin(SqliteConnection connection, ServiceRequest request, CreatePaymentRequest wanted, bool isIntent)
    {
        var amount = wanted.Validate();
        if (PaymentStore.FindOpen(connection, request.Caller.Tenant, wanted.OrderId) is { } open)
        {
            // The same payment again, whose outcome is not known: take it up, under the key that the provider has seen.
            if (open.State == PaymentStatus.Pending && open.Amount == amount && open.CardLast4 == wanted.Method.Last4
                && PaymentStore.IsIntent(connection, open.Id) == isIntent)
                return open.Id;
            throw ApiException.Conflict(PaymentCodes.Exists, $"Order '{wanted.OrderId}' has a payment already.",
                new { paymentId = open.Id, status = open.State });
        }

        var now = Timestamps.Now(runtime.Clock);
        var row = new PaymentRow
        {
            Id = Ids.New("pay", runtime.Clock),
            TenantId = request.Caller.Tenant,
            OrderId = wanted.OrderId,
            UserId = request.Caller.User,
            AmountMinor = amount.Value,
            Currency = EnumText<Currency>.Of(amount.Currency),
            Status = EnumText<PaymentStatus>.Of(PaymentStatus.Pending),
            CardLast4 = wanted.Method.Last4,
            CreatedAt = now,
            UpdatedAt = now,
        };
        PaymentStore.Insert(connection, row);
        if (isIntent)
            PaymentStore.SaveIntent(connection, row.Id, null);
        return row.Id;
    }

    /// <summary>Asks the provider for the money of a payment that was begun.</summary>
    /// <param name="request">On whose behalf.</param>
    /// <param name="id">The payment.</param>
    /// <param name="ask">Asks, and returns what to write when the provider agrees.</param>
    /// <returns>What to write, and to answer: of a card that was declined too. An outcome that is not known is thrown.</returns>
    public async Task<Func<SqliteConnection, Answer>> AskAsync(ServiceRequest request, string id, Func<PaymentRow, Task<Func<SqliteConnection, PaymentRow>>> ask)
    {
        var row = runtime.Database.Read(connection => PaymentStore.Find(connection, request.Caller.Tenant, id))!;
        try
        {
            var agreed = await ask(row);
            return connection => Answer.Created($"/payments/{id}", agreed(connection).ToPayment());
        }
        catch (IntegrationException error) when (error.Call.Status == StatusCodes.Status402PaymentRequired)
        {
            var declined = new ApiException(StatusCodes.Status402PaymentRequired, PaymentCodes.Declined, "The payment was declined.",
                new { paymentId = id, reason = error.Call.ErrorCode }, error);
            return connection =>
            {
                Move(connection, request, id, PaymentStatus.Pending, PaymentStatus.Failed, failureCode: error.Call.ErrorCode);
                return runtime.Errors.Answer(declined);
            };
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
    }

    /// <summary>The provider has said what becomes of a payment.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="request">What asked for it.</param>
    /// <param name="id">The payment.</param>
    /// <param name="from">The status that it had: two requests may have taken up the same payment, and it moves once.</param>
    /// <param name="to">Its status now.</param>
    /// <param name="chargeId">The charge, where money was taken.</param>
    /// <param name="failureCode">Why not, where it was not.</param>
    public PaymentRow Move(
        SqliteConnection connection, ServiceRequest request, string id, PaymentStatus from, PaymentStatus to, string? chargeId = null, string? failureCode = null)
    {
        var row = PaymentStore.Find(connection, request.Caller.Tenant, id)!;
        if (row.State != from)
            return row;
        row = row with
        {
            Status = EnumText<PaymentStatus>.Of(to),
            ChargeId = chargeId ?? row.ChargeId,
            FailureCode = failureCode ?? row.FailureCode,
            UpdatedAt = Timestamps.Now(runtime.Clock),
        };
        PaymentStore.Update(connection, row);
        if (to is PaymentStatus.Succeeded or PaymentStatus.Failed)
            runtime.Outbox.Add(connection, request, row.TenantId, new PaymentProcessedEvent(row.ToPayment()));
        return row;
    }
}
