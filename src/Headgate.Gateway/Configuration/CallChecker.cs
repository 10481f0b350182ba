using Headgate.Gateway.Forwarding;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>Checks what every call to a service has: the service, its timeout and its retries. Stateless, thread-safe.</summary>
/// <param name="settingsServices">The names of the services that the instance's settings know (<c>--service NAME=URL</c>).</param>
public sealed class CallChecker(IReadOnlyCollection<string> settingsServices)
{
    /// <summary>Reports what is wrong with a call.</summary>
    public void Check(ApiDocument document, IServiceCall call, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(diagnostics);
        CheckService(document, call.Service, call.Node, diagnostics);
        CheckTimeout(document, call.Timeout, call.Node, diagnostics);
        CheckTry(call.Timeout, call.Node, diagnostics);
        CheckRetry(call.Retry, call.Node, diagnostics);
    }

    /// <summary>Reports delays that contradict each other.</summary>
    public static void CheckRetry(RetrySettings? retry, DocumentNode? node, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (retry is null || node is null || retry.MaxDelay >= retry.BaseDelay)
            return;
        diagnostics.Add(
            ConfigDiagnostics.DelaysReversed,
            node.At("retry").At("maxDelay", "baseDelay"),
            $"maxDelay ({retry.MaxDelay}) is shorter than baseDelay ({retry.BaseDelay}).",
            "Raise the one or lower the other.");
    }

    /// <summary>Reports a service that is known to nobody.</summary>
    public void CheckService(ApiDocument document, string? service, DocumentNode? node, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(diagnostics);
        IReadOnlyDictionary<string, ServiceSettings> services = GatewayConfigExtension.Of(document).Services;
        if (service is null || services.ContainsKey(service) || settingsServices.Contains(service))
            return;
        string? closest = Suggestion.Closest(service, services.Keys.Concat(settingsServices));
        diagnostics.Add(
            ConfigDiagnostics.UnknownService,
            (node ?? document.Root).At("service"),
            $"There is no service '{service}'.",
            closest is null ? $"Add it to services in x-gateway-config, or start with --service {service}=URL." : $"Did you mean '{closest}'?");
    }

    private static void CheckTry(CallTimeout? timeout, DocumentNode? node, DiagnosticBag diagnostics)
    {
        if (timeout is not { PerTry: { } one, Total.Length: { } whole } || node is null || one < whole)
            return;
        diagnostics.Add(
            CallDiagnostics.TryLongerThanTotal,
            node.At("timeout").At("perTry"),
            $"perTry ({one}) is not shorter than total ({whole}): a try that takes all the time leaves none for another.",
            "Shorten perTry, or leave it out.");
    }

    private static void CheckTimeout(ApiDocument document, CallTimeout? timeout, DocumentNode? node, DiagnosticBag diagnostics)
    {
        if (timeout?.Total?.Name is not { } name)
            return;
        TimeoutSettings timeouts = GatewayConfigExtension.Of(document).Timeout;
        if (name == "default" || timeouts.Named.ContainsKey(name))
            return;
        string? closest = Suggestion.Closest(name, timeouts.Named.Keys.Append("default"));
        diagnostics.Add(
            ConfigDiagnostics.UnknownTimeout,
            (node ?? document.Root).At("timeout").At("total"),
            $"There is no timeout '{name}'.",
            closest is null ? "Add it to timeout in x-gateway-config, or write a duration." : $"Did you mean '{closest}'?");
    }
}
