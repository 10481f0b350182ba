namespace Commerce.Shared.Models;

internal sealed record HealthResponse(string Status, string Service, string Version, string Timestamp);
