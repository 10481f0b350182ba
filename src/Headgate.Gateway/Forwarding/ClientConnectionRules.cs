using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Forwarding;

/// <summary>How Kestrel must be set so that what it accepts can be forwarded without doubt. <c>docs/reference/http-strictness.md</c> has the whole table.</summary>
public static class ClientConnectionRules
{
    // Kestrel reads it once per options object, when the first connection is served.
    private const string NoBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>Applies the rules. To be called while Kestrel is configured. The first is process-wide: it is a switch of the application context.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);

        // RFC 9112 §2.2 lets a recipient take a bare LF as a line end; two parsers that differ in it can be played off.
        AppContext.SetSwitch(NoBareLineFeeds, true);

        // RFC 9110 §5.5: bytes above 0x7F are opaque. One character per byte passes them on unchanged, in both directions.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.AddServerHeader = false;
    }
}
