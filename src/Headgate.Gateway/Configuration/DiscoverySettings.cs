using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>Where the instances of a service are found at run time.</summary>
public sealed record DiscoverySettings
{
    /// <summary>The provider.</summary>
    [Setting("The provider of instances, by its name in the instance's settings.", Format = SettingFormat.Name)]
    [Shorthand]
    public required string Provider { get; init; }

    /// <summary>The name there.</summary>
    [Setting("The service's name there.", Default = "the service's key")]
    public string? Service { get; init; }

    /// <summary>How often the list is asked for again.</summary>
    [Setting("How often the list is asked for again where the provider cannot watch.", Range = "1s..1h")]
    public Duration Refresh { get; init; } = Duration.FromSeconds(30);
}
