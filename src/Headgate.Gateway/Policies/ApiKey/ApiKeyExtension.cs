using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>What <c>x-gateway-api-key</c> says: where the keys of an <c>apiKey</c> scheme are kept.</summary>
public sealed record ApiKeyExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-api-key",
        typeof(ApiKeyExtension),
        ExtensionLocations.SecurityScheme,
        "Where the keys of the security scheme are kept.")
    {
        Enforced = false,
    };

    /// <summary>The store of keys.</summary>
    [Setting("The store of keys: `headgate` is Headgate's own (`headgate keys`).", Format = SettingFormat.Name)]
    public string Store { get; init; } = "headgate";

    /// <summary>A header in which the key is accepted too.</summary>
    [Setting("A header in which the key is accepted beside the place that the scheme names.", Format = SettingFormat.HeaderName, Default = "none")]
    public string? Header { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
