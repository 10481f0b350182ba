using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>What <c>x-gateway-sunset</c> says: when an operation goes away, and what follows it (RFC 8594, RFC 9745).</summary>
public sealed record SunsetExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-sunset",
        typeof(SunsetExtension),
        ExtensionLocations.Operation,
        "When the operation goes away, and what follows it: the `Sunset`, `Deprecation` and `Link` headers.");

    /// <summary>When the operation goes away; null where that is not decided.</summary>
    [Setting("When the operation goes away; sent as `Sunset`.", Default = "not decided")]
    [Shorthand]
    public DateTimeOffset? Date { get; init; }

    /// <summary>Since when it is deprecated; null for unknown.</summary>
    [Setting("Since when the operation is deprecated; sent as `Deprecation`.", Default = "the load of the document that says `deprecated: true`")]
    public DateTimeOffset? Deprecated { get; init; }

    /// <summary>What takes its place.</summary>
    [Setting("The URL or path of what takes its place; sent as `Link` with `rel=\"successor-version\"`.", Default = "none")]
    public string? Successor { get; init; }

    /// <summary>Where the change is explained.</summary>
    [Setting("The URL of a page that explains the change; sent as `Link` with `rel=\"deprecation\"`.", Format = SettingFormat.WebUrl, Default = "none")]
    public string? Documentation { get; init; }

    /// <summary>Whether the operation answers 410 after its date.</summary>
    [Setting("Whether the operation answers 410 after `date`. Otherwise it goes on.")]
    public bool Gone { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
