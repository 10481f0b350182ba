using Commerce.Users;

namespace Commerce.Shared.Hosting;

/// <summary>How the commerce services are started. Everything has a default that works on one machine.</summary>
public sealed record CommerceOptions
{
    /// <summary>The value of <see cref="Service"/> that starts every service in this process.</summary>
    public const string AllServices = "all";

    /// <summary>The services to start (<c>order</c> or <c>order-service</c>), with commas between, or <c>all</c>. Default: <c>all</c>.</summary>
    public string Service { get; init; } = AllServices;

    /// <summary>Where databases, keys and the ledger live; made when missing. Default: <c>.commerce</c>.</summary>
    public string DataDirectory { get; init; } = ".commerce";

    /// <summary>The IP address to listen on. Default: <c>127.0.0.1</c>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>What each service's number is added to (product-service is 1, so 9001); 0 takes free ports. Default: 9000.</summary>
    public int PortBase { get; init; } = 9000;

    /// <summary>
    /// Where browsers and applications find the user service's OpenID provider, and the <c>iss</c> of its tokens. Default: where
    /// the gateway shows it.
    /// </summary>
    public string Issuer { get; init; } = "http://127.0.0.1:8080/identity";

    /// <summary>The applications that may ask users to sign in, as JSON. Default: those of development.</summary>
    public string? ClientsFile { get; init; }

    /// <summary>
    /// Where the event log takes events and gives them: an absolute URL such as <c>http://127.0.0.1:8080/events</c>. Default: none, and
    /// then no events are published, nor kept for later.
    /// </summary>
    public Uri? Events { get; init; }

    /// <summary>How long the payment provider may take to answer. Default: 10 s.</summary>
    public TimeSpan PaymentTimeout { get; init; } = Connectors.HttpClientConfig.PaymentTimeout;

    /// <summary>PBKDF2 rounds for new passwords. Default: 600,000.</summary>
    public int PasswordIterations { get; init; } = PasswordHasher.DefaultIterations;

    /// <summary>The least level that is logged to the console. Default: warnings.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>The clock of all services. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// The settings that come from the environment (<c>PAYMENT_GATEWAY_URL</c>, <c>COMMERCE_SERVICE_KEY</c>,
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>ORDER_SERVICE_URL</c>, …). Default: the process's environment.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
