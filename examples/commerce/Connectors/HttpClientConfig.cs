using System.Text.Json;
using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>Where an HTTP client calls, with which key, and how long it waits for an answer.</summary>
internal sealed record HttpClientConfig
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan PaymentTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Asked for at each call, because a service in the same process may listen on a port that was free.</summary>
    public required Func<Uri> BaseUrl { get; init; }

    /// <summary>Asked for at each call as well: a key may be made, or changed, while the service runs.</summary>
    public Func<string?> ApiKey { get; init; } = () => null;

    /// <summary>What is posted.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>How answers are read.</summary>
    public JsonSerializerOptions Reading { get; init; } = Json.Options;

    /// <summary>Whether whoever calls tells of failures itself: one who tries again and again would fill the log.</summary>
    public bool IsQuiet { get; init; }

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
