using Headgate.Gateway.Configuration;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

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
            UpstreamInstance[] instances = options.Services.TryGetValue(name, out IReadOnlyList<Uri>? urls)
                ? InstancesOf(name, urls, weights: null)
                : InstancesOf(name, [.. settings.Addresses.Select(address => new Uri(address))], settings.Weights);
            if (instances.Length == 0)
                Report(name, settings, document, diagnostics);
            table.Add(name, settings, instances);
        }

        foreach ((string name, IReadOnlyList<Uri> urls) in options.Services)
        {
            if (!config.Services.ContainsKey(name))
                table.Add(name, new ServiceSettings(), InstancesOf(name, urls, weights: null));
        }

        table.DefaultName = table.Names.Count == 1 ? table.Names.First() : null;
        if (options.Upstream is { } upstream)
        {
            table.Add(UpstreamName, new ServiceSettings(), InstancesOf(UpstreamName, [upstream], weights: null));
            table.DefaultName = UpstreamName;
        }

        return table;
    }

    private UpstreamInstance[] InstancesOf(string name, IReadOnlyList<Uri> urls, IReadOnlyList<int>? weights) =>
        [.. urls.Select((url, i) => upstreams.Get(name, url, weights is not null && i < weights.Count ? weights[i] : 1))];

    private static void Report(string name, ServiceSettings settings, ApiDocument document, DiagnosticBag diagnostics) =>
        diagnostics.Add(
            PlanDiagnostics.ServiceWithoutAddress,
            settings.Node ?? document.Root,
            $"The service '{name}' has no address.",
            $"Give it a url, or start with --service {name}=URL.");
}
