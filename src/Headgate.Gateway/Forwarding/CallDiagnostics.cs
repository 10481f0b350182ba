using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Forwarding;

/// <summary>What can be wrong with how a document has services called: their answers' stand-ins, their certificates, their addresses. Codes HG2730 to HG2759.</summary>
public static class CallDiagnostics
{
    /// <summary>A fallback takes a value from where there is none by then.</summary>
    public static readonly DiagnosticDescriptor ValueNotKnown = Error("HG2730", "Value not known without the service");

    /// <summary>A fallback has a body and a status that allows none.</summary>
    public static readonly DiagnosticDescriptor BodyNotAllowed = Error("HG2731", "Status without body");

    /// <summary>A try may take longer than all tries together.</summary>
    public static readonly DiagnosticDescriptor TryLongerThanTotal = Warning("HG2732", "A try may take longer than the whole");

    /// <summary>A service is called in plain text over a network.</summary>
    public static readonly DiagnosticDescriptor PlainText = Warning("HG2733", "Plain text over a network");

    /// <summary>A service has TLS settings and an address without TLS.</summary>
    public static readonly DiagnosticDescriptor TlsNotUsed = Warning("HG2734", "TLS settings without TLS");

    /// <summary>The files of a service's TLS settings cannot be used.</summary>
    public static readonly DiagnosticDescriptor TlsFilesUnusable = Error("HG2735", "TLS files cannot be used");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
