namespace Commerce.Notifications;

internal sealed record Notification
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required NotificationChannel Channel { get; init; }

    public required string Recipient { get; init; }

    /// <summary>What it is about, such as <c>order.confirmed</c>.</summary>
    public required string Type { get; init; }

    public string? Subject { get; init; }

    public required string Message { get; init; }

    public required NotificationStatus Status { get; init; }

    public required bool Read { get; init; }

    public string? ProviderMessageId { get; init; }

    public string? FailureCode { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }
}
