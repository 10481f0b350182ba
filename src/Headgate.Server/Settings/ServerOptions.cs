using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Publishing;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Operations;
using Headgate.OpenApi.Values;
using Headgate.Storage;

namespace Headgate.Server.Settings;

/// <summary>The settings of this instance, read and valid. Immutable. What each means stands in <see cref="SettingsCatalogue"/>.</summary>
internal sealed record ServerOptions
{
    public required IReadOnlyList<string> Documents { get; init; }

    public required IReadOnlyList<string> Overlays { get; init; }

    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    public required ListenAddress Admin { get; init; }

    public required ListenAddress? Probes { get; init; }

    public required string DataDirectory { get; init; }

    public required StoreLocation Store { get; init; }

    public required string SecretsDirectory { get; init; }

    public required Uri? Issuer { get; init; }

    public required TimeSpan TokenLifetime { get; init; }

    public required TimeSpan TokenKeyLifetime { get; init; }

    public required SecretReference? TokenKeySecret { get; init; }

    public required bool Events { get; init; }

    public required EventRetentionOptions EventRetention { get; init; }

    public required OperationRetentionOptions OperationRetention { get; init; }

    public required bool Publish { get; init; }

    public required string PublishPath { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<Uri>> Services { get; init; }

    public required Uri? Upstream { get; init; }

    public required bool SecurityPassthrough { get; init; }

    public required bool ValidateResponses { get; init; }

    public required bool FrameworkTransport { get; init; }

    public required bool InlineScheduling { get; init; }

    public required AccessLogTarget AccessLog { get; init; }

    public required TlsFiles? Tls { get; init; }

    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public required bool Strict { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required bool ReloadOnChange { get; init; }

    public required TimeSpan ReloadPollInterval { get; init; }

    public required ConnectionLimits Limits { get; init; }

    public required long CacheMemory { get; init; }

    /// <summary>The texts from which it was read, with where each was written.</summary>
    public required SettingValues Given { get; init; }

    /// <summary>What of it the compiler of plans needs.</summary>
    public PlanOptions ToPlanOptions() => new()
    {
        Services = Services,
        Upstream = Upstream,
        SecurityPassthrough = SecurityPassthrough,
        TrustedProxies = new TrustedProxies(TrustedProxies),
        FrameworkTransport = FrameworkTransport,
        Cache = new CacheOptions { MemoryBytes = CacheMemory },
    };

    /// <summary>What of it published documents need.</summary>
    public PublishOptions ToPublishOptions() => new() { Enabled = Publish, Path = PublishPath, Origin = Issuer };

    /// <summary>What of it service accounts need.</summary>
    /// <param name="keySecret">The secret to which <see cref="TokenKeySecret"/> leads; null for none.</param>
    public ServiceAccountOptions ToServiceAccountOptions(string? keySecret) => new()
    {
        Issuer = Issuer,
        TokenLifetime = TokenLifetime,
        KeyLifetime = TokenKeyLifetime,
        KeySecret = keySecret,
        SharesStore = Store.Engine != StoreEngine.Sqlite,
    };
}
