using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What <c>x-gateway-cache</c> says: how answers are cached where the upstream says nothing.</summary>
public sealed record CacheExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-cache",
        typeof(CacheExtension),
        ExtensionLocations.Operation,
        "How answers of the operation are cached where the upstream's headers do not say.");

    /// <summary>Whether answers are cached.</summary>
    [Setting("Whether answers are cached.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>How long an answer is fresh where the upstream does not say; null for only what the upstream says.</summary>
    [Setting("How long an answer is fresh where the upstream does not say.", Range = "1s..365d", Default = "what the upstream says, and RFC 9111 heuristics")]
    [Shorthand(1)]
    public Duration? Ttl { get; init; }

    /// <summary>Whether authenticated callers share answers.</summary>
    [Setting("Whether authenticated callers share answers. Otherwise each caller has their own.")]
    public bool Shared { get; init; }

    /// <summary>Request headers that are part of the key.</summary>
    [Setting("Request headers that are part of the key beside what `Vary` names.", Format = SettingFormat.HeaderName, AllowSingle = true)]
    public IReadOnlyList<string> VaryBy { get; init; } = [];

    /// <summary>How long a stale answer is given while it is renewed; null for what the upstream says.</summary>
    [Setting("How long a stale answer is given while it is renewed.", Range = "0s..31d", Default = "what the upstream says")]
    public Duration? StaleWhileRevalidate { get; init; }

    /// <summary>How long a stale answer is given when the upstream fails; null for what the upstream says.</summary>
    [Setting("How long a stale answer is given when the upstream fails.", Range = "0s..31d", Default = "what the upstream says")]
    public Duration? StaleIfError { get; init; }

    /// <summary>Names under which answers can be purged together.</summary>
    [Setting("Names under which answers can be purged together.", Format = SettingFormat.Name, AllowSingle = true)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The largest answer that is kept.</summary>
    [Setting("The largest answer that is kept.", Range = "1KiB..1GiB")]
    public ByteSize MaxSize { get; init; } = ByteSize.FromMebibytes(8);

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
