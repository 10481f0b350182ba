using Commerce.Connectors;
using Commerce.Shared.Events;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Notifications;

/// <summary>
/// Writes to customers about what happens in the shop. The log gives an event at least once; of what it gives twice the message is there
/// already, and the provider knows the message by its id.
/// </summary>
internal sealed class EventReactions(ServiceRuntime runtime, NotificationDesk desk, NotificationSender sender)
{
    private const string Name = "notifications";

    // After these the message is given up: one address that cannot be reached must not keep everybody else from theirs.
    private const int MostAttempts = 5;

    private readonly EventLetters _letters = new(runtime);
    private readonly ILogger _logger = runtime.Loggers.CreateLogger<EventReactions>();

    /// <summary>Has the service react, from when it listens until it stops.</summary>
    public static void Add(ServiceRuntime runtime, EventLogClient log, NotificationDesk desk, NotificationSender sender)
    {
        var reactions = new EventReactions(runtime, desk, sender);
        var consumer = new EventConsumer(Name, EventLetters.Types, runtime.Database, log, runtime.Clock, runtime.Loggers.CreateLogger<EventConsumer>());
        runtime.Background.Add(cancellation => consumer.RunAsync(reactions.TakeAsync, cancellation));
    }

    private async Task TakeAsync(EventLogPage page, CancellationToken cancellationToken)
    {
        foreach (var happened in page.Events)
        {
            await ReactAsync(happened, cancellationToken);
            await runtime.Database.WriteAsync(connection => ConsumerTable.Move(connection, Name, happened.Offset ?? page.Next), cancellationToken);
        }

        await runtime.Database.WriteAsync(connection => ConsumerTable.Move(connection, Name, page.Next), cancellationToken);
    }

    private async Task ReactAsync(CloudEvent happened, CancellationToken cancellationToken)
    {
        var tenant = happened.TenantId ?? "";
        var id = runtime.Database.Read(connection => ReactionTable.Find(connection, happened.Id));
        if (id is null)
        {
            if (await _letters.WriteAsync(happened, cancellationToken) is not { } letter)
            {
                NotificationLog.NobodyToTell(_logger, happened.Type, happened.Id);
                return;
            }

            id = await runtime.Database.WriteAsync(
                connection =>
                {
                    var begun = desk.Begin(connection, tenant, letter);
                    ReactionTable.Insert(connection, happened.Id, begun);
                    return begun;
                },
                cancellationToken);
        }

        var row = runtime.Database.Read(connection => NotificationStore.Find(connection, tenant, id))!;
        if (row.Status == EnumText<NotificationStatus>.Of(NotificationStatus.Pending))
            await SendAsync(row, happened, cancellationToken);
    }

    private async Task SendAsync(NotificationRow row, CloudEvent happened, CancellationToken cancellationToken)
    {
        var call = happened.ToCall();
        var backoff = new Backoff(runtime.Clock);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var sent = await sender.SendAsync(row.ToRequest(), row.Id, call, cancellationToken);
                await runtime.Database.WriteAsync(
                    connection => desk.Sent(connection, row.TenantId, row.Id, sent, happened.CorrelationId, happened.Id), cancellationToken);
                return;
            }
            catch (IntegrationException error) when (error.Call.IsRefusal || attempt == MostAttempts)
            {
                NotificationLog.GivenUp(_logger, error, row.Id, happened.Type, happened.Id, attempt);
                await runtime.Database.WriteAsync(connection => desk.Failed(connection, row.TenantId, row.Id, error.Code), cancellationToken);
                return;
            }
            catch (IntegrationException)
            {
                // Not taken, or not known to be: once more, under the same key.
                await backoff.WaitAsync(cancellationToken);
            }
        }
    }
}
