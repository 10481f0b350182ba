namespace Headgate.Gateway.Forwarding.Outbound;

/// <summary>
/// What makes an outbound limit the same: after a reload, and in several documents that call the same service at the same addresses.
/// </summary>
/// <param name="Service">The service's name.</param>
/// <param name="Addresses">Its addresses, as one text.</param>
/// <param name="Limit">How many calls in each window.</param>
/// <param name="Window">The window.</param>
internal sealed record OutboundIdentity(string Service, string Addresses, int Limit, TimeSpan Window);
