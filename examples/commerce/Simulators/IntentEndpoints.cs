using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Simulators;

/// <summary>Payment intents: setting money aside first, taking it (or letting it go) later.</summary>
internal sealed class IntentEndpoints(ServiceRuntime runtime, Ledger ledger)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/intents", Access.Service, CreateAsync);
        routes.Get("/intents/{intentId}", Access.Service, Get);
        routes.Post("/intents/{intentId}/capture", Access.Service, CaptureAsync);
        routes.Post("/intents/{intentId}/cancel", Access.Service, CancelAsync);
    }

    private Task<Answer> CreateAsync(ServiceRequest request)
    {
        var wanted = request.Body<ChargeRequest>();
        wanted.Validate();
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            if (TestCards.DeclineCode(wanted.Source?.Card ?? "") is { } code)
                throw new ApiException(StatusCodes.Status402PaymentRequired, code, "The card was declined.");
            var intent = new PaymentIntent
            {
                Id = Ids.New("pi", runtime.Clock),
                Amount = wanted.Amount,
                Currency = EnumText<Currency>.Of(wanted.Currency),
                Metadata = wanted.Metadata is { } metadata ? Json.Text(metadata) : null,
                CreatedAt = Timestamps.Now(runtime.Clock),
            };
            ChargeStore.InsertIntent(connection, intent);
            if (wanted.Source?.Card == TestCards.Expires)
                ChargeStore.Expire(connection, intent.Id);
            return Answer.Created($"/intents/{intent.Id}", intent);
        });
    }

    private Answer Get(ServiceRequest request) =>
        Answer.Ok(runtime.Database.Read(connection => Existing(connection, request)));

    private async Task<Answer> CaptureAsync(ServiceRequest request)
    {
        var answer = await runtime.Idempotent.RunAsync(request, connection =>
        {
            var intent = Existing(connection, request);
            RequireAuthorized(intent);
            if (ChargeStore.IsExpired(connection, intent.Id))
                throw new ApiException(StatusCodes.Status402PaymentRequired, TestCards.ExpiredCode, "What was set aside can no longer be taken.");
            var metadata = intent.Metadata is { } text ? Json.Read<Dictionary<string, JsonElement>>(text) : null;
            var charge = ChargeEndpoints.Take(connection, intent.Amount, intent.Currency, metadata, runtime.Clock);
            return Move(connection, intent with { Status = PaymentIntent.Captured, ChargeId = charge.Id });
        });
        ledger.CatchUp();
        return answer;
    }

    private Task<Answer> CancelAsync(ServiceRequest request) => runtime.Idempotent.RunAsync(request, connection =>
    {
        var intent = Existing(connection, request);
        RequireAuthorized(intent);
        return Move(connection, intent with { Status = PaymentIntent.Cancelled });
    });

    private static Answer Move(SqliteConnection connection, PaymentIntent intent)
    {
        ChargeStore.UpdateIntent(connection, intent);
        return Answer.Ok(intent);
    }

    private static void RequireAuthorized(PaymentIntent intent)
    {
        if (intent.Status != PaymentIntent.Authorized)
            throw ApiException.Conflict("INTENT_CLOSED", $"The intent is {intent.Status} already.", new { status = intent.Status });
    }

    private static PaymentIntent Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("intentId");
        return ChargeStore.FindIntent(connection, id) ?? throw ApiException.NotFound("Intent", id);
    }
}
