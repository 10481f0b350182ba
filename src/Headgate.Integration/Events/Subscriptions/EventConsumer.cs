using Headgate.Integration.Events.Log;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>
/// Takes one event. It may be called again for an event that it has taken (after a crash, or a lease that was lost), so it knows events again by their id. An exception says that
/// it could not take the event; the message is kept for operators.
/// </summary>
/// <param name="stored">The event.</param>
/// <param name="cancellationToken">Cancelled when it takes longer than <see cref="EventSubscription.Timeout"/>, or the process stops.</param>
public delegate Task EventConsumer(StoredEvent stored, CancellationToken cancellationToken);
