using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Forwarding.Tls;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Forwarding;

/// <summary>Makes the services of a document: its own, with the addresses that the settings say instead, and the settings' own.</summary>
internal sealed class ServiceTableCompiler(PlanOptions options, UpstreamDirectory upstreams)
{
    /// <summary>The name under which <c>--upstream</c> is known in errors, logs and metrics.</summary>
    public const string UpstreamName = "upstream";

    public ServiceTable Compile(ApiDocument document, GatewayConfigExtension config, DiagnosticBag diagnostics)
    {
        var table = new ServiceTable(upstreams.Commons);
        foreach ((string name, ServiceSettings settings) in config.Services)
        {
            bool isElsewhere = options.Services.TryGetValue(name, out IReadOnlyList<Uri>? urls);
            Add(table, name, settings, urls ?? [.. settings.Addresses.Select(address => new Uri(address))], isElsewhere ? null : settings.Weights, document, diagnostics);
        }

        foreach ((string name, IReadOnlyList<Uri> urls) in options.Services)
        {
            if (!config.Services.ContainsKey(name))
                Add(table, name, new ServiceSettings(), urls, weights: null, document, diagnostics);
        }

        table.DefaultName = table.Names.Count == 1 ? table.Names.First() : null;
        if (options.Upstream is { } upstream)
        {
            Add(table, UpstreamName, new ServiceSettings(), [upstream], weights: null, document, diagnostics);
            table.DefaultName = UpstreamName;
        }

        return table;
    }

    private void Add(ServiceTable table, string name, ServiceSettings settings, IReadOnlyList<Uri> urls, IReadOnlyList<int>? weights, ApiDocument document, DiagnosticBag diagnostics)
    {
        DocumentNode place = settings.Node ?? document.Root;
        if (urls.Count == 0)
            Report(name, place, diagnostics);
        TlsPlans.Check(name, settings, urls, place, diagnostics);
        UpstreamTls? tls = new TlsPlans(upstreams).Compile(settings.Tls, diagnostics);
        UpstreamInstance[] instances = [.. urls.Select((url, i) => upstreams.Get(name, url, weights is not null && i < weights.Count ? weights[i] : 1, tls))];

        // With one instance there is nothing to choose: whether it is well does not matter to calls.
        HealthPlan? health = instances.Length > 1 || settings.HealthCheck is not null ? new HealthPlan(settings, upstreams.HealthOf(name, instances), upstreams.Commons.Logger) : null;
        table.Add(name, settings, instances, health);
    }

    private static void Report(string name, DocumentNode place, DiagnosticBag diagnostics) =>
        diagnostics.Add(
            PlanDiagnostics.ServiceWithoutAddress,
            place,
            $"The service '{name}' has no address.",
            $"Give it a url, or start with --service {name}=URL.");
}
