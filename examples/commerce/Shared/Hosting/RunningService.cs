namespace Commerce.Shared.Hosting;

/// <summary>A service that listens.</summary>
/// <param name="Name">Its name in documents and errors, such as <c>order-service</c>.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Operations">What it serves, as <c>GET /orders/{orderId}</c>.</param>
public sealed record RunningService(string Name, Uri Address, IReadOnlyList<string> Operations);
