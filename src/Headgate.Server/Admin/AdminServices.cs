using Headgate.Gateway.Background;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Telemetry;
using Headgate.Integration.Events;
using Headgate.Integration.Operations;
using Headgate.Server.Documents;
using Headgate.Server.Explaining;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Storage;

namespace Headgate.Server.Admin;

/// <summary>What the admin API shows and changes.</summary>
/// <param name="Plans">The plan in force.</param>
/// <param name="Time">The clock.</param>
internal sealed record AdminServices(PlanHolder Plans, TimeProvider Time)
{
    /// <summary>The settings.</summary>
    public required ServerOptions Options { get; init; }

    /// <summary>The configuration.</summary>
    public required ConfigurationReloader Reloader { get; init; }

    /// <summary>Whether the instance wants traffic.</summary>
    public required Readiness Readiness { get; init; }

    /// <summary>What goes on in the background.</summary>
    public required BackgroundWork Background { get; init; }

    /// <summary>Where state is kept.</summary>
    public required Store Store { get; init; }

    /// <summary>Its roles and who has them.</summary>
    public required RoleDirectory Roles { get; init; }

    /// <summary>The admin key.</summary>
    public required AdminKey Key { get; init; }

    /// <summary>The API keys.</summary>
    public required ApiKeyDirectory ApiKeys { get; init; }

    /// <summary>The programs that may have tokens, and the keys that sign them.</summary>
    public required ServiceAccountRegistry ServiceAccounts { get; init; }

    /// <summary>What is stored.</summary>
    public required CacheContents Cache { get; init; }

    /// <summary>The event log and its consumers.</summary>
    public required EventServices Events { get; init; }

    /// <summary>Long work.</summary>
    public required OperationServices Operations { get; init; }

    /// <summary>What is counted.</summary>
    public required GatewayTelemetry Telemetry { get; init; }

    /// <summary>The instances of services.</summary>
    public required UpstreamDirectory Upstreams { get; init; }

    /// <summary>Changes levels of the log.</summary>
    public required LogLevelSwitch LogLevels { get; init; }

    /// <summary>Where it is told what operators do.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Where the data plane listens, once it does.</summary>
    public required Func<IReadOnlyList<ListenAddress>> Addresses { get; init; }

    /// <summary>Says what would happen to a request.</summary>
    public Explainer Explainer { get; } = new(Plans, Time);

    /// <summary>Tells which limits are in force and who uses them.</summary>
    public LimitUsageReader Limits { get; } = new(Plans, Time);

    /// <summary>Tells how services stand.</summary>
    public ServiceStatusReader Services { get; } = new(Plans, Time);

    /// <summary>Tells who calls deprecated operations.</summary>
    public DeprecatedUseReader DeprecatedUse { get; } = new(Plans);

    /// <summary>Since when the instance is there.</summary>
    public DateTimeOffset StartedAt { get; } = Time.GetUtcNow();
}
