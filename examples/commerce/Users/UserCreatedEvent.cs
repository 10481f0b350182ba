using Commerce.Shared.Events;

namespace Commerce.Users;

/// <summary>Somebody signed up, or was signed up.</summary>
internal sealed record UserCreatedEvent(User User) : DomainEvent(EventTypes.UserCreated, User.Id);
