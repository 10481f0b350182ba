using Commerce.Shared.Web;

namespace Commerce.Notifications;

/// <summary>A row of <c>notifications</c>.</summary>
internal sealed record NotificationRow
{
    public string Id { get; init; } = "";

    public string TenantId { get; init; } = "";

    public string UserId { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Recipient { get; init; } = "";

    public string Type { get; init; } = "";

    public string? Subject { get; init; }

    public string Message { get; init; } = "";

    public string Status { get; init; } = "";

    public bool Read { get; init; }

    public string? ProviderMessageId { get; init; }

    public string? FailureCode { get; init; }

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public Notification ToNotification() => new()
    {
        Id = Id,
        UserId = UserId,
        Channel = EnumText<NotificationChannel>.Parse(Channel),
        Recipient = Recipient,
        Type = Type,
        Subject = Subject,
        Message = Message,
        Status = EnumText<NotificationStatus>.Parse(Status),
        Read = Read,
        ProviderMessageId = ProviderMessageId,
        FailureCode = FailureCode,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    /// <summary>What is to be sent, of a message that was written out.</summary>
    public SendNotificationRequest ToRequest() => new()
    {
        UserId = UserId,
        Channel = EnumText<NotificationChannel>.Parse(Channel),
        Recipient = Recipient,
        Type = Type,
        Subject = Subject,
        Message = Message,
    };
}
