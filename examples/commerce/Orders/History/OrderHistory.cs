using Commerce.Shared.Events;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Orders.History;

/// <summary>Keeps the history of customers' orders as the event log tells it, and shows it to them.</summary>
internal sealed class OrderHistory(ServiceRuntime runtime)
{
    /// <summary>The types of events that it is made of.</summary>
    public const string Types = $"{EventTypes.OrderCreated},{EventTypes.OrderStatusChanged}";

    private const string Name = "customer-orders";

    private readonly ILogger _logger = runtime.Loggers.CreateLogger<OrderHistory>();

    public void Map(ServiceRoutes routes)
    {
        routes.Get("/customers/{userId}/orders", Access.Caller, List);
        if (runtime.EventLog is not { } log)
            return;
        var consumer = new EventConsumer(Name, Types, runtime.Database, log, runtime.Clock, runtime.Loggers.CreateLogger<EventConsumer>());
        runtime.Background.Add(cancellation => consumer.RunAsync(TakeAsync, cancellation));
    }

    // The events of a page and the position after it are one transaction: none is ever taken twice.
    private Task TakeAsync(EventLogPage page, CancellationToken cancellationToken) => runtime.Database.WriteAsync(
        connection =>
        {
            foreach (var happened in page.Events)
                Take(connection, happened);
            return ConsumerTable.Move(connection, Name, page.Next);
        },
        cancellationToken);

    private void Take(SqliteConnection connection, CloudEvent happened)
    {
        if (CustomerOrderRow.Next(CustomerOrderTable.Find(connection, happened.Subject ?? ""), happened) is { } row)
            CustomerOrderTable.Save(connection, row);
        else
            HistoryLog.LeftOut(_logger, happened.Type, happened.Id);
    }

    private Answer List(ServiceRequest request)
    {
        var userId = request.Route("userId");
        if (!request.Caller.MaySee(userId))
            throw ApiException.Forbidden("Only administrators may see the orders of other users.");
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(connection => CustomerOrderTable.List(connection, request.Caller.Tenant, userId, page)));
    }
}
