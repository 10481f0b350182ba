using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Payments;

/// <summary>Paying in two steps: an amount is set aside at the provider, and taken when the order is certain. Until then it can be let go without a movement of money.</summary>
internal sealed class IntentEndpoints(ServiceRuntime runtime, PaymentDesk desk, PaymentGatewayService gateway)
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
            connection => desk.Begin(connection, request, wanted, isIntent: true),
            id => SetAsideAsync(id, request, wanted.Method));
    }

    private async Task<Func<SqliteConnection, Answer>> SetAsideAsync(string id, ServiceRequest request, PaymentMethod method)
    {
        var row = runtime.Database.Read(connection => PaymentStore.Find(connection, request.Caller.Tenant, id))!;
        try
        {
            var intent = await gateway.CreateIntentAsync(
                row.Amount, method.CardNumber, new { paymentId = id, orderId = row.OrderId }, request.Call, id, runtime.Stopping);
            return connection =>
            {
                PaymentStore.SaveIntent(connection, id, intent.Id);
                return Answer.Created($"/payments/{id}", desk.Move(connection, request, id, PaymentStatus.Pending, PaymentStatus.Authorized).ToPayment());
            };
        }
        catch (IntegrationException error) when (error.Call.Status == StatusCodes.Status402PaymentRequired)
        {
            return connection =>
            {
                desk.Move(connection, request, id, PaymentStatus.Pending, PaymentStatus.Failed, failureCode: error.Call.ErrorCode);
                return runtime.Errors.Answer(PaymentDesk.Declined(id, error.Call.ErrorCode, error));
            };
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
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
                desk.Move(connection, request, id, PaymentStatus.Authorized, PaymentStatus.Succeeded, intent.ChargeId).ToPayment());
        }
        catch (IntegrationException unknown)
        {
            throw unknown.ToApi();
        }
    }
}
