using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Notifications;

/// <summary>Writes messages down before they are sent and after, the latter together with the event that tells of it.</summary>
internal sealed class NotificationDesk(ServiceRuntime runtime)
{
    /// <summary>A message that is about to be sent.</summary>
    /// <returns>Its id, which is the key under which the provider gets it.</returns>
    public string Begin(SqliteConnection connection, string tenant, SendNotificationRequest wanted)
    {
        var now = Timestamps.Now(runtime.Clock);
        var row = new NotificationRow
        {
            Id = Ids.New("ntf", runtime.Clock),
            TenantId = tenant,
            UserId = wanted.UserId,
            Channel = EnumText<NotificationChannel>.Of(wanted.Channel),
            Recipient = wanted.Recipient,
            Type = wanted.Type,
            Subject = wanted.Subject,
            Message = wanted.Message ?? $"template {wanted.TemplateId}",
            Status = EnumText<NotificationStatus>.Of(NotificationStatus.Pending),
            CreatedAt = now,
            UpdatedAt = now,
        };
        NotificationStore.Insert(connection, row);
        return row.Id;
    }

    /// <summary>The provider has taken it.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="id">The message.</param>
    /// <param name="sent">What the provider said.</param>
    /// <param name="correlationId">What it belongs to.</param>
    /// <param name="causationId">The request or event that caused it.</param>
    public NotificationRow Sent(SqliteConnection connection, string tenant, string id, SentMessage sent, string? correlationId, string? causationId)
    {
        var row = NotificationStore.Find(connection, tenant, id)! with
        {
            Status = EnumText<NotificationStatus>.Of(NotificationStatus.Sent),
            ProviderMessageId = sent.Id,
            UpdatedAt = Timestamps.Now(runtime.Clock),
        };
        NotificationStore.Update(connection, row);
        runtime.Outbox.Add(connection, tenant, new NotificationSentEvent(row.ToNotification()), correlationId, causationId);
        return row;
    }

    /// <summary>The provider has not taken it, and will not.</summary>
    public NotificationRow Failed(SqliteConnection connection, string tenant, string id, string code)
    {
        var row = NotificationStore.Find(connection, tenant, id)! with
        {
            Status = EnumText<NotificationStatus>.Of(NotificationStatus.Failed),
            FailureCode = code,
            UpdatedAt = Timestamps.Now(runtime.Clock),
        };
        NotificationStore.Update(connection, row);
        return row;
    }
}
