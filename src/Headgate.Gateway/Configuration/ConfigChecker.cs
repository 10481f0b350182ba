using Headgate.Gateway.Policies.RateLimit;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>Checks what the types of <see cref="GatewayConfigExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class ConfigChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiDocument document, GatewayConfigExtension extension, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? document.Root;
        foreach ((string name, ServiceSettings service) in extension.Services)
        {
            CheckAddresses(name, service, service.Node ?? node, diagnostics);
            CallChecker.CheckRetry(service.Retry, service.Node, diagnostics);
        }

        CallChecker.CheckRetry(extension.Retry, extension.Node, diagnostics);
        if (extension.RateLimit is { } limits)
            CheckLimits(document, limits, limits.Node ?? node, diagnostics);
    }

    private static void CheckAddresses(string name, ServiceSettings service, DocumentNode node, DiagnosticBag diagnostics)
    {
        string[] given = [.. new[] { (service.Url is not null, "url"), (service.Urls is not null, "urls"), (service.Discovery is not null, "discovery") }
            .Where(pair => pair.Item1).Select(pair => pair.Item2)];
        if (given.Length > 1)
            diagnostics.Add(ConfigDiagnostics.TwoAddresses, node, $"The service '{name}' has {string.Join(" and ", given)}.", "Keep one of them.");
        if (service.Weights is { } weights && weights.Count != service.Addresses.Count)
        {
            diagnostics.Add(
                ConfigDiagnostics.BadWeights,
                node.At("weights"),
                $"The service '{name}' has {service.Addresses.Count} addresses and {weights.Count} weights.",
                "Give one weight for each of urls, in their order.");
        }
    }

    private static void CheckLimits(ApiDocument document, RateLimitSettings limits, DocumentNode node, DiagnosticBag diagnostics)
    {
        RateLimitRules.Check(limits.Limits, node.At("limits"), diagnostics);
        RateLimitRules.CheckForms(limits, node, diagnostics);
        if (node.At("byEndpoint", "by_endpoint") is not ObjectNode endpoints || limits.ByEndpoint.Count == 0)
            return;
        foreach (ObjectMember member in endpoints.Members)
        {
            if (EndpointPattern.Parse(member.Key) is not { } pattern)
                diagnostics.Add(ConfigDiagnostics.BadEndpoint, member, $"'{member.Key}' is not an endpoint.", "Write METHOD /path, with * for one segment: PUT /api/v1/applications/*/desired-state.");
            else if (!document.Operations.Any(operation => operation.BasePaths.Any(path => pattern.Matches(operation.Method, path + operation.Path.Text))))
                diagnostics.Add(ConfigDiagnostics.UnmatchedEndpoint, member, $"No operation of the document is '{member.Key}'.", "The path includes the base path of servers.");
        }
    }
}
