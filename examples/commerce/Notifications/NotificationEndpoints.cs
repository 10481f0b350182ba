using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Notifications;

/// <summary>Messages to users: sending, listing, marking as read.</summary>
internal sealed class NotificationEndpoints(ServiceRuntime runtime, NotificationDesk desk, NotificationSender sender)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/notifications", Access.Operator, SendAsync);
        routes.Get("/notifications", Access.Caller, List);
        routes.Get("/notifications/{notificationId}", Access.Caller, Get);
        routes.Patch("/notifications/{notificationId}", Access.Caller, MarkAsync);
    }

    private Task<Answer> SendAsync(ServiceRequest request)
    {
        var wanted = request.Body<SendNotificationRequest>();
        wanted.Validate();
        return runtime.Idempotent.RunStagedAsync(
            request,
            connection => desk.Begin(connection, request.Caller.Tenant, wanted),
            async id =>
            {
                try
                {
                    var sent = await sender.SendAsync(wanted, id, request.Call, runtime.Stopping);
                    return connection => Sent(connection, request, id, sent);
                }
                catch (IntegrationException error)
                {
                    // Until the provider has refused for good the message may have gone out: it stays open for another try.
                    if (!error.Call.IsRefusal)
                        throw error.ToApi();
                    return connection =>
                    {
                        desk.Failed(connection, request.Caller.Tenant, id, error.Code);
                        return runtime.Errors.Answer(error.ToApi());
                    };
                }
            });
    }

    private Answer Sent(SqliteConnection connection, ServiceRequest request, string id, SentMessage sent)
    {
        var row = desk.Sent(connection, request.Caller.Tenant, id, sent, request.Call.CorrelationId, request.Call.RequestId);
        return Answer.Created($"/notifications/{id}", row.ToNotification());
    }

    private Answer List(ServiceRequest request)
    {
        var userId = request.Query.Text("userId");
        if (userId is not null && !request.Caller.MaySee(userId))
            throw ApiException.Forbidden("Only administrators may see the messages of other users.");
        userId ??= request.Caller.IsOperator ? null : request.Caller.User;
        var read = request.Query.Text("read") switch
        {
            null => (bool?)null,
            "true" => true,
            "false" => false,
            _ => throw ApiException.Invalid("query/read", "must be true or false"),
        };
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(
            connection => NotificationStore.List(connection, request.Caller.Tenant, userId, read, page)));
    }

    private Answer Get(ServiceRequest request) =>
        Answer.Ok(runtime.Database.Read(connection => Existing(connection, request)).ToNotification());

    private Task<Answer> MarkAsync(ServiceRequest request)
    {
        var change = request.Body<UpdateNotificationRequest>();
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var row = Existing(connection, request) with { Read = change.Read, UpdatedAt = Timestamps.Now(runtime.Clock) };
            NotificationStore.Update(connection, row);
            return Answer.Ok(row.ToNotification());
        });
    }

    private static NotificationRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("notificationId");
        var row = NotificationStore.Find(connection, request.Caller.Tenant, id);
        return row is not null && request.Caller.MaySee(row.UserId) ? row : throw ApiException.NotFound("Notification", id);
    }
}
