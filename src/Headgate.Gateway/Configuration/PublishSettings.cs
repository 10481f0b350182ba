using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>What <c>x-gateway-config.publish</c> says: whether everybody who reaches the gateway may read the document.</summary>
public sealed record PublishSettings
{
    /// <summary>Whether the document is published.</summary>
    [Setting("Whether the document is published at `/openapi/NAME.json`, without what is the gateway's own, for everybody who reaches the gateway.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the page shows it.</summary>
    [Setting("Whether the page at `/docs` shows it.")]
    public bool Page { get; init; } = true;

    /// <summary>Whether the catalog lists it.</summary>
    [Setting("Whether `/.well-known/api-catalog` lists it.")]
    public bool Catalog { get; init; } = true;

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
