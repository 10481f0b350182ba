using Headgate.OpenApi.Diagnostics;

namespace Headgate.Integration.Sagas;

/// <summary>What can be wrong with <c>x-gateway-saga</c>. Codes HG2700 to HG2719.</summary>
public static class SagaDiagnostics
{
    /// <summary>Two steps of one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateStep = Error("HG2700", "Two steps of one name");

    /// <summary>A pivot that is none of the steps.</summary>
    public static readonly DiagnosticDescriptor UnknownPivot = Error("HG2701", "Unknown pivot");

    /// <summary>A compensation that never runs.</summary>
    public static readonly DiagnosticDescriptor UselessCompensation = Warning("HG2702", "Compensation after the pivot");

    /// <summary>A client that waits longer than the saga may take.</summary>
    public static readonly DiagnosticDescriptor WaitBeyondTimeout = Warning("HG2703", "Wait longer than the timeout");

    /// <summary>A value that reads a credential.</summary>
    public static readonly DiagnosticDescriptor ReadsCredential = Error("HG2704", "A credential that would be kept");

    /// <summary>Calls that are no longer made again while the saga goes forward.</summary>
    public static readonly DiagnosticDescriptor RepetitionWithinTimeout = Error("HG2705", "Calls repeated for too short a time");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
