using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Telemetry.Metrics;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Documents;
using Headgate.Server.Explaining;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Storage;

namespace Headgate.Server.Admin;

/// <summary>What the admin API shows and changes.</summary>
/// <param name="Options">The settings.</param>
/// <param name="Reloader">The configuration.</param>
/// <param name="Readiness">Whether the instance wants traffic.</param>
/// <param name="Store">Where state is kept.</param>
/// <param name="Roles">Its roles and who has them.</param>
/// <param name="Key">The admin key.</param>
/// <param name="ApiKeys">The API keys.</param>
/// <param name="Plans">The plan in force.</param>
/// <param name="Metrics">Writes the metrics in Prometheus text form.</param>
/// <param name="Addresses">Where the data plane listens, once it does.</param>
/// <param name="ServiceAccounts">The programs that may have tokens, and the keys that sign them.</param>
/// <param name="Events">The event log.</param>
/// <param name="Subscriptions">Its durable consumers.</param>
/// <param name="Time">The clock.</param>
internal sealed record AdminServices(
    ServerOptions Options,
    ConfigurationReloader Reloader,
    Readiness Readiness,
    Store Store,
    RoleDirectory Roles,
    AdminKey Key,
    ApiKeyDirectory ApiKeys,
    PlanHolder Plans,
    MetricsWriter Metrics,
    Func<IReadOnlyList<ListenAddress>> Addresses,
    ServiceAccountRegistry ServiceAccounts,
    EventLog Events,
    EventSubscriptions Subscriptions,
    TimeProvider Time)
{
    /// <summary>Says what would happen to a request.</summary>
    public Explainer Explainer { get; } = new(Plans, Time);

    /// <summary>Tells which limits are in force and who uses them.</summary>
    public LimitUsageReader Limits { get; } = new(Plans, Time);

    /// <summary>Since when the instance is there.</summary>
    public DateTimeOffset StartedAt { get; } = Time.GetUtcNow();
}
