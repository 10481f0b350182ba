using System.Text;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Inventory;

/// <summary>Promising pieces to a caller, and taking promises back.</summary>
internal sealed class ReservationEndpoints(ServiceRuntime runtime)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/inventory/reserve", Access.Caller, ReserveAsync);
        routes.Post("/inventory/release", Access.Caller, ReleaseAsync);
        routes.Get("/inventory/reservations/{reservationId}", Access.Caller, Get);
    }

    private Task<Answer> ReserveAsync(ServiceRequest request)
    {
        var wishes = request.Body<ReserveRequest>().Wishes();
        var tenant = request.Caller.Tenant;
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var now = Timestamps.Now(runtime.Clock);
            // All wishes or none: a refusal undoes what was taken before it.
            Shortage[] shortages = [.. wishes
                .Where(wish => !InventoryStore.Take(connection, wish, now))
                .Select(wish => ShortageOf(connection, wish))];
            if (shortages.Length > 0)
                throw ApiException.Conflict("INSUFFICIENT_STOCK", "There is not enough in stock.", new { items = shortages });
            var row = new ReservationRow
            {
                Id = Ids.New("res", runtime.Clock),
                TenantId = tenant,
                UserId = request.Caller.UserId,
                Status = EnumText<ReservationStatus>.Of(ReservationStatus.Reserved),
                Items = Json.Text(wishes),
                CreatedAt = now,
                UpdatedAt = now,
            };
            InventoryStore.Insert(connection, row);
            runtime.Outbox.Add(connection, request, tenant, new InventoryReservedEvent(row.ToReservation()));
            return Answer.Created($"/inventory/reservations/{row.Id}", row.ToReservation());
        });
    }

    private Task<Answer> ReleaseAsync(ServiceRequest request)
    {
        var release = request.Body<ReleaseRequest>();
        var items = release.Items is { } list ? Json.Text(new ReserveRequest { Items = list }.Wishes()) : null;
        if (release.ReservationId is null && items is null)
            throw ApiException.Invalid("", "must have reservationId or items");
        return runtime.Idempotent.RunAsync(request, connection => Find(connection, request, release.ReservationId, items) is { } row
            ? Release(connection, request, row)
            : Answer.NoContent());
    }

    // Null when what is to be undone never was: then there is nothing to release, and never will be.
    private static ReservationRow? Find(SqliteConnection connection, ServiceRequest request, string? id, string? items)
    {
        var undone = IdempotencyScope.Of(request)?.Undone;
        if (id is null && undone is not null)
            id = IdempotencyTable.FindCreated(connection, undone) is { } created ? Json.Read<Reservation>(Encoding.UTF8.GetString(created)).Id : null;
        if (id is not null)
            return undone is null || InventoryStore.Find(connection, request.Caller.Tenant, id) is not null ? Existing(connection, request, id) : null;
        return undone is not null ? null : InventoryStore.FindLatest(connection, request.Caller.Tenant, request.Caller.UserId, items!)
            ?? throw ApiException.NotFound("Reservation", "of these items");
    }

    private Answer Release(SqliteConnection connection, ServiceRequest request, ReservationRow row)
    {
        // Releasing again changes nothing: whoever undoes a reservation may have to try twice.
        if (row.Status == EnumText<ReservationStatus>.Of(ReservationStatus.Released))
            return Answer.Ok(row.ToReservation());
        var now = Timestamps.Now(runtime.Clock);
        foreach (var item in row.ItemList)
            InventoryStore.GiveBack(connection, item, now);
        InventoryStore.MarkReleased(connection, row.Id, now);
        return Answer.Ok(Existing(connection, request, row.Id).ToReservation());
    }

    private Answer Get(ServiceRequest request) => Answer.Ok(runtime.Database.Read(
        connection => Existing(connection, request, request.Route("reservationId"))).ToReservation());

    private static ReservationRow Existing(SqliteConnection connection, ServiceRequest request, string id)
    {
        var row = InventoryStore.Find(connection, request.Caller.Tenant, id);
        return row is not null && (request.Caller.IsOperator || row.UserId == request.Caller.UserId)
            ? row
            : throw ApiException.NotFound("Reservation", id);
    }

    private static Shortage ShortageOf(SqliteConnection connection, ReservationItem wish)
    {
        var stock = InventoryStore.FindStock(connection, wish.ProductId)?.ToStock();
        return new Shortage(wish.ProductId, wish.Quantity, stock?.Available ?? 0);
    }
}
