using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Refuses changes to fields that are not the document's to change: those that frame a message, and those by which services know who calls. Stateless.</summary>
internal static class HeaderTransformChecker
{
    // What Headgate writes itself: RFC 9112 §6 (framing), RFC 9110 §7.6, identity, ids and traces.
    private static readonly string[] s_ofRequests =
    [
        "Host", "Content-Length", "Expect", "Via", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "traceparent", "tracestate",
        "X-Request-ID", "X-Correlation-ID", "X-User-ID", "X-Tenant-ID",
    ];

    private static readonly string[] s_ofAnswers = ["Content-Length", "Content-Encoding", "Date", "X-Request-ID"];

    /// <summary>Reports what is wrong.</summary>
    public static void Check(BackendExtension extension, DiagnosticBag diagnostics)
    {
        Check(extension.RequestHeaders, s_ofRequests, diagnostics);
        Check(extension.ResponseHeaders, s_ofAnswers, diagnostics);
    }

    private static void Check(HeaderTransform? settings, string[] own, DiagnosticBag diagnostics)
    {
        if (settings?.Node is not { } node)
            return;
        foreach (string name in settings.Remove.Concat(settings.Set.Keys).Concat(settings.Add.Keys).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (own.Contains(name, StringComparer.OrdinalIgnoreCase) || ResponseHeaderRules.IsHopByHop(name))
                Report(node, name, diagnostics);
        }
    }

    private static void Report(DocumentNode node, string name, DiagnosticBag diagnostics) => diagnostics.Add(
        HeaderTransformDiagnostics.OwnField, node, $"'{name}' is written by Headgate itself, or belongs to the connection.", "Leave it out.");
}
