namespace Commerce.Connectors;

/// <summary>What the email and SMS providers answer: the id under which they know the message.</summary>
internal sealed record SentMessage(string Id, string Status);
