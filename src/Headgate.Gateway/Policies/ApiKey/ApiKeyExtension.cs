using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>What <c>x-gateway-api-key</c> says: that the keys of an <c>apiKey</c> scheme are Headgate's own, and what holds of them.</summary>
public sealed record ApiKeyExtension
{
    /// <summary>The name of Headgate's own store of keys.</summary>
    public const string OwnStore = "headgate";

    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-api-key",
        typeof(ApiKeyExtension),
        ExtensionLocations.SecurityScheme,
        "That the keys of the security scheme are Headgate's own.");

    /// <summary>The store of keys.</summary>
    [Setting("The store of keys: `headgate` is Headgate's own (`headgate keys`).", Format = SettingFormat.Name)]
    public string Store { get; init; } = OwnStore;

    /// <summary>A header in which the key is accepted too.</summary>
    [Setting("A header in which the key is accepted beside the place that the scheme names.", Format = SettingFormat.HeaderName, Default = "none")]
    public string? Header { get; init; }

    /// <summary>How long what is known of the keys may be used while the store is down.</summary>
    [Setting("How long the keys that are known may be used while the store cannot be read. It bounds how long a key may still be believed that another instance revoked meanwhile.", Range = "1m..7d")]
    public Duration StaleFor { get; init; } = Duration.FromSeconds(3600);

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
