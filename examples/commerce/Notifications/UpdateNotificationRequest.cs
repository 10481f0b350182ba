namespace Commerce.Notifications;

internal sealed record UpdateNotificationRequest
{
    public required bool Read { get; init; }
}
