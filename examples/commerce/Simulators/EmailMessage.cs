namespace Commerce.Simulators;

internal sealed record EmailMessage
{
    public required string To { get; init; }

    public required string From { get; init; }

    public required string Subject { get; init; }

    public required string Html { get; init; }
}
