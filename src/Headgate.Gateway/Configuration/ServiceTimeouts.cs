using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How long each stage of a call to a service may take.</summary>
public sealed record ServiceTimeouts
{
    /// <summary>Name resolution, TCP and TLS.</summary>
    [Setting("Name resolution, TCP and TLS.", Range = "1ms..10m")]
    public Duration Connect { get; init; } = Duration.FromSeconds(5);

    /// <summary>From the end of the request to the response head; null for the total.</summary>
    [Setting("From the last byte of the request to the complete response head.", Range = "1ms..24h", Default = "`total`")]
    public Duration? Headers { get; init; }

    /// <summary>The longest silence while a body streams.</summary>
    [Setting("The longest silence while a body streams, in either direction.", Range = "1ms..24h")]
    public Duration Idle { get; init; } = Duration.FromSeconds(60);

    /// <summary>The whole call up to the complete response head; null for the document's default.</summary>
    [Setting("From choosing the instance to the complete response head, repeated tries included; while the body streams, `idle` holds.", Range = "1ms..24h", Default = "the document's `timeout.default`")]
    public Duration? Total { get; init; }
}
