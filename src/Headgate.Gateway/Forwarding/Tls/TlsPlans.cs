using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Forwarding.Tls;

/// <summary>Compiles the TLS settings of services, and warns of what goes over a network in plain text.</summary>
/// <param name="upstreams">Where what lives longer than a plan is kept.</param>
internal sealed class TlsPlans(UpstreamDirectory upstreams)
{
    /// <summary>The TLS of a service; null where it has no settings, or they cannot be used, which is reported.</summary>
    public UpstreamTls? Compile(TlsSettings? settings, DiagnosticBag diagnostics)
    {
        if (settings is null)
            return null;
        string folder = Path.GetDirectoryName(settings.Node?.File.FullPath) ?? "";
        string? Full(string? file) => file is null ? null : Path.GetFullPath(Path.Combine(folder, file));
        UpstreamTls tls = upstreams.TlsOf(new TlsIdentity(Full(settings.Ca), Full(settings.Certificate), Full(settings.Key), settings.ServerName));
        if (tls.ReadNow() is not { } reason)
            return tls;
        diagnostics.Add(CallDiagnostics.TlsFilesUnusable, settings.Node!, reason, "Name PEM files that can be read; certificate and key belong together.");
        return null;
    }

    /// <summary>Reports a service that is called in plain text although it is not on this machine, or has TLS settings for nothing.</summary>
    public static void Check(string service, ServiceSettings settings, IEnumerable<Uri> addresses, DocumentNode place, DiagnosticBag diagnostics)
    {
        Uri[] plain = [.. addresses.Where(address => address.Scheme != "https")];
        if (plain.FirstOrDefault(address => !address.IsLoopback) is { } open)
        {
            diagnostics.Add(
                CallDiagnostics.PlainText,
                place,
                $"The service '{service}' is called in plain text at {open.Host}: who is on the way reads and changes everything, tokens included.",
                "Use https (with tls.ca for a private authority), unless something else protects the way.");
        }

        if (settings.Tls is { } tls && plain is [var first, ..])
            diagnostics.Add(CallDiagnostics.TlsNotUsed, tls.Node ?? place, $"The service '{service}' has tls settings, and {first.GetLeftPart(UriPartial.Authority)} is without TLS.", "Write https, or leave tls out.");
    }
}
