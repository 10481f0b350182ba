using System.Text.Json.Serialization;

namespace Commerce.Simulators;

/// <summary>A row of <c>intents</c>: money set aside, and then captured or let go.</summary>
internal sealed record PaymentIntent
{
    public const string Authorized = "authorized";
    public const string Captured = "captured";
    public const string Cancelled = "cancelled";

    public string Id { get; init; } = "";

    public long Amount { get; init; }

    public string Currency { get; init; } = "";

    public string Status { get; init; } = Authorized;

    public string? ChargeId { get; init; }

    /// <summary>What the charge will say of itself in the books, as JSON.</summary>
    [JsonIgnore]
    public string? Metadata { get; init; }

    public string CreatedAt { get; init; } = "";
}
