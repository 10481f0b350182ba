using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Where a JSON Web Key Set (RFC 7517) is: a file, a URI, or a service of the document.</summary>
public sealed record JwksSource
{
    /// <summary>A file, relative to the document.</summary>
    [Setting("A file, relative to the document.", Default = "none")]
    public string? File { get; init; }

    /// <summary>A URI.</summary>
    [Setting("A URI, `https` or on this machine, fetched and refreshed in the background.", Format = SettingFormat.WebUrl, Default = "none")]
    public string? Uri { get; init; }

    /// <summary>A service of the document.</summary>
    [Setting("A service of the document, at whose own address `path` is fetched.", Format = SettingFormat.Name, Default = "none")]
    public string? Service { get; init; }

    /// <summary>The path at the service.</summary>
    [Setting("The path at `service`.")]
    public string Path { get; init; } = "/.well-known/jwks.json";

    /// <summary>How often they are read anew.</summary>
    [Setting("How often keys that are fetched are fetched anew. A file is looked at every 2 s.", Range = "10s..24h")]
    public Duration Refresh { get; init; } = Duration.FromSeconds(300);

    /// <summary>How long they may be used when they cannot be read anew.</summary>
    [Setting("How long after they were read last the keys may be used while their source is down. It bounds how long a removed key may still be believed.", Range = "1m..7d")]
    public Duration StaleFor { get; init; } = Duration.FromSeconds(3600);

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
