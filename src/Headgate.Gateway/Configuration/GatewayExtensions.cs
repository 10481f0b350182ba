using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>The extensions that the data plane brings.</summary>
public static class GatewayExtensions
{
    /// <summary>Registers all of them, once at start.</summary>
    public static ExtensionRegistry RegisterAll(ExtensionRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(GatewayConfigExtension.Definition)
            .Add(BackendExtension.Definition)
            .Add(CacheExtension.Definition)
            .Add(RateLimitExtension.Definition);
    }
}
