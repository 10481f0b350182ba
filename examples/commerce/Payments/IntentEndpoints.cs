using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>Paying in two steps: an amount is set aside at the provider, and taken when the order is certain. Until then it can be let go without a movement of money.</summary>
internal sealed class IntentEndpoints(ServiceRuntime runtime, PaymentBook book, PaymentGatewayService gateway)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/payments/authorize", Access.Caller, AuthorizeAsync);
        routes.Post("/payments/{paymentId}/capture", Access.Trusted, CaptureAsync);
    }

    private Task<Answer> AuthorizeAsync(ServiceRequest request)
    {
        var wanted = request.Body<CreatePaymentRequest>();
        wanted.Validate();
        return runtime.Idempotent.RunStagedAsync(
            request,
            connection => book.Begin(connection, request, wanted, isIntent: true),
            id => book.AskAsync(request, id, row => SetAsideAsync(row, request, wanted.Method)));
    }

    private async Task<Func<SqliteConnection, PaymentRow>> SetAsideAsync(PaymentRow row, ServiceRequest request, PaymentMethod method)
    {
        var intent = await gateway.CreateIntentAsync(
            row.Amount, method.CardNumber, new { paymentId = row.Id, orderId = row.OrderId }, request.Call, row.Id, runtime.Stopping);
        return connection =>
        {
            PaymentStore.SaveIntent(connection, row.Id, intent.Id);
            return book.Move(connection, request, row.Id, PaymentStatus.Pending, PaymentStatus.Authorized);
        };
    }

    private Task<Answer> CaptureAsync(ServiceRequest request) => runtime.Idempotent.RunStagedAsync(
        request,
        connection =>
        {
            var row = PaymentEndpoints.Existing(connection, request);
            // What is taken is taken: whoever asks again under another key gets the same answer.
            return row.State is PaymentStatus.Authorized or PaymentStatus.Succeeded
                ? row.Id
                : throw ApiException.Conflict("PAYMENT_NOT_AUTHORIZED", $"A payment that is {row.Status} cannot be taken.", new { status = row.State });
        },
        id => TakeAsync(id, request));

    private async Task<Func<SqliteConnection, Answer>> TakeAsync(string id, ServiceRequest request)
    {
        var intentId = runtime.Database.Read(connection => PaymentStore.IsIntent(connection, id) ? PaymentStore.IntentOf(connection, id) : null);
        if (intentId is null)
            return connection => Answer.Ok(PaymentEndpoints.Existing(connection, request).ToPayment());
        try
        {
            var intent = await gateway.CaptureAsync(intentId, request.Call, $"capture-{id}", runtime.Stopping);
            return connection => Answer.Ok(
                book.Move(connection, request, id, PaymentStatus.Authorized, PaymentStatus.Succeeded, intent.ChargeId).ToPayment());
        }
        catch (IntegrationException declined) when (declined.Call.Status == StatusCodes.Status402PaymentRequired)
        {
            // Nothing was taken, and nothing will be: it stays set aside until who asked for it lets it go.
            return _ => runtime.Errors.Answer(new ApiException(StatusCodes.Status402PaymentRequired, PaymentCodes.Declined, "The payment was declined.",
                new { paymentId = id, reason = declined.Call.ErrorCode }, declined));
        }
        catch (IntegrationException closed) when (closed.Call.ErrorCode == PaymentCodes.IntentClosed)
        {
            // Somebody has let it go meanwhile: it will never be taken.
            return _ => runtime.Errors.Answer(ApiException.Conflict("PAYMENT_NOT_AUTHORIZED", "What was set aside was let go.", new { paymentId = id }));
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
    }
}
