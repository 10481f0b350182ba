using Commerce.Shared.Events;

namespace Commerce.Notifications;

/// <summary>A message was handed to its provider.</summary>
internal sealed record NotificationSentEvent(Notification Notification) : DomainEvent(EventTypes.NotificationSent, Notification.Id);
