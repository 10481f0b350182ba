namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>What makes a retry budget the same: after a reload, and for all operations that call the service at these addresses.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Addresses">Its addresses, as one text.</param>
internal sealed record RetryBudgetIdentity(string Service, string Addresses);
