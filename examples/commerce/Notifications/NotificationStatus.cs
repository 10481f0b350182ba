namespace Commerce.Notifications;

internal enum NotificationStatus
{
    Pending,
    Sent,
    Failed,
}
