using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Where a JSON Web Key Set (RFC 7517) is: a file or a URI.</summary>
public sealed record JwksSource
{
    /// <summary>A file, relative to the document.</summary>
    [Setting("A file, relative to the document.", Default = "none")]
    public string? File { get; init; }

    /// <summary>A URI.</summary>
    [Setting("A URI, fetched and refreshed in the background.", Format = SettingFormat.WebUrl, Default = "none")]
    public string? Uri { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
