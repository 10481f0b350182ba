namespace Headgate.Gateway.Forwarding.Bulkhead;

/// <summary>What makes a bulkhead the same: after a reload, and in several documents that call the same service at the same addresses.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Addresses">Its addresses, as one text.</param>
/// <param name="Operation">The operation, where its own backend settings say how many of its calls may be under way; null for the service's.</param>
internal sealed record BulkheadIdentity(string Service, string Addresses, string? Operation);
