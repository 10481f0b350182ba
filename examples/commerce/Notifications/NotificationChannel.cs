namespace Commerce.Notifications;

internal enum NotificationChannel
{
    Email,
    Sms,
}
