using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.ApiKey;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Compression;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.SecurityHeaders;
using Headgate.Gateway.Policies.SizeLimits;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Policies.View;
using Headgate.Gateway.StaticAnswers;
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
            .Add(AggregateExtension.Definition)
            .Add(AuthorizeExtension.Definition)
            .Add(JwtExtension.Definition)
            .Add(ApiKeyExtension.Definition)
            .Add(CacheExtension.Definition)
            .Add(CompressionExtension.Definition)
            .Add(LimitsExtension.Definition)
            .Add(RateLimitExtension.Definition)
            .Add(SecurityHeadersExtension.Definition)
            .Add(StaticExtension.Definition)
            .Add(SunsetExtension.Definition)
            .Add(ValidationExtension.Definition)
            .Add(ViewExtension.Definition);
    }
}
