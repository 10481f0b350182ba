namespace Headgate.Storage.Leases;

/// <summary>The right of one owner to do some work until a deadline. A value.</summary>
/// <param name="Name">What for: <c>webhooks/partition-7</c>.</param>
/// <param name="Owner">Who: unique for each instance and start.</param>
/// <param name="Token">Grows each time the lease changes hands; whatever is done under an older one must have no effect.</param>
/// <param name="Deadline">Until when nobody else gets it.</param>
public sealed record Lease(string Name, string Owner, long Token, DateTimeOffset Deadline);
