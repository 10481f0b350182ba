using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Simulators;

/// <summary>Charges and refunds of the payment provider.</summary>
internal sealed class ChargeEndpoints(ServiceRuntime runtime, Ledger ledger)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/charges", Access.Service, ChargeAsync);
        routes.Get("/charges/{chargeId}", Access.Service, Get);
        routes.Post("/charges/{chargeId}/refund", Access.Service, RefundAsync);
    }

    private async Task<Answer> ChargeAsync(ServiceRequest request)
    {
        var wanted = request.Body<ChargeRequest>();
        wanted.Validate();
        var card = wanted.Source?.Card ?? "";
        var answer = await runtime.Idempotent.RunAsync(request, connection => Charge(connection, wanted, card));
        ledger.CatchUp();
        if (card == TestCards.Hangs && !answer.Headers.ContainsKey("Idempotent-Replayed"))
            await NeverAsync(request);
        return answer;
    }

    private Answer Charge(SqliteConnection connection, ChargeRequest wanted, string card)
    {
        if (card == TestCards.Fails)
            throw new ApiException(StatusCodes.Status500InternalServerError, "PROCESSING_ERROR", "The bank could not be reached.");
        if (TestCards.DeclineCode(card) is { } code)
            throw new ApiException(StatusCodes.Status402PaymentRequired, code, "The card was declined.");
        var charge = Take(connection, wanted.Amount, EnumText<Currency>.Of(wanted.Currency), wanted.Metadata, runtime.Clock);
        return Answer.Created($"/charges/{charge.Id}", charge);
    }

    /// <summary>Takes the money, and notes it in the books.</summary>
    public static Charge Take(
        SqliteConnection connection, long amount, string currency, IReadOnlyDictionary<string, JsonElement>? metadata, TimeProvider clock)
    {
        var charge = new Charge { Id = Ids.New("ch", clock), Amount = amount, Currency = currency, CreatedAt = Timestamps.Now(clock) };
        ChargeStore.Insert(connection, charge);
        Ledger.Record(connection, new LedgerEntry
        {
            Type = "charge",
            ChargeId = charge.Id,
            Amount = amount,
            Currency = currency,
            Metadata = metadata,
            At = charge.CreatedAt,
        });
        return charge;
    }

    private Answer Get(ServiceRequest request) =>
        Answer.Ok(runtime.Database.Read(connection => Existing(connection, request)));

    private async Task<Answer> RefundAsync(ServiceRequest request)
    {
        var wanted = request.BodyOr(new RefundChargeRequest());
        if (wanted.Amount is <= 0)
            throw ApiException.Invalid("/amount", "must be positive");
        var answer = await runtime.Idempotent.RunAsync(request, connection =>
        {
            var charge = Existing(connection, request);
            var amount = wanted.Amount ?? charge.Amount - charge.Refunded;
            if (amount == 0 || !ChargeStore.Refund(connection, charge.Id, amount))
                throw ApiException.Conflict("REFUND_EXCEEDS_CHARGE", "More than is left of the charge cannot be refunded.");
            var refund = new ChargeRefund(Ids.New("re", runtime.Clock), charge.Id, amount, "succeeded");
            Ledger.Record(connection, new LedgerEntry
            {
                Type = "refund",
                ChargeId = charge.Id,
                RefundId = refund.Id,
                Amount = amount,
                Currency = charge.Currency,
                At = Timestamps.Now(runtime.Clock),
            });
            return Answer.Created($"/charges/{charge.Id}", refund);
        });
        ledger.CatchUp();
        return answer;
    }

    private static Charge Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("chargeId");
        return ChargeStore.Find(connection, id) ?? throw ApiException.NotFound("Charge", id);
    }

    // Holds the request until its caller, or the provider, gives up.
    private async Task NeverAsync(ServiceRequest request)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, runtime.Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, runtime.Clock, either.Token);
    }
}
