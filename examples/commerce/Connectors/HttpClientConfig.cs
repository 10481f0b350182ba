namespace Commerce.Connectors;

/// <summary>Where an HTTP client calls, with which key, and how long it waits for an answer.</summary>
internal sealed record HttpClientConfig
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan PaymentTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Asked for at each call, because a service in the same process may listen on a port that was free.</summary>
    public required Func<Uri> BaseUrl { get; init; }

    public string? ApiKey { get; init; }

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
