namespace Commerce.Simulators;

internal sealed record SmsMessage
{
    public required string To { get; init; }

    public required string From { get; init; }

    public required string Body { get; init; }
}
