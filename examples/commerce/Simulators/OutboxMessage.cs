namespace Commerce.Simulators;

/// <summary>A row of <c>messages</c>: what a provider was asked to deliver.</summary>
internal sealed record OutboxMessage
{
    public string Id { get; init; } = "";

    public string Status { get; init; } = "queued";

    public string To { get; init; } = "";

    public string From { get; init; } = "";

    public string? Subject { get; init; }

    public string Body { get; init; } = "";

    public string CreatedAt { get; init; } = "";
}
