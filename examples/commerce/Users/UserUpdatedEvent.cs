using Commerce.Shared.Events;

namespace Commerce.Users;

/// <summary>Members of a user changed.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Changes">The members that changed, with what they are now.</param>
internal sealed record UserUpdatedEvent(string UserId, IReadOnlyDictionary<string, object> Changes) : DomainEvent(EventTypes.UserUpdated, UserId);
