using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>What can be wrong with <c>x-gateway-sunset</c>. Codes HG2680 to HG2689.</summary>
public static class SunsetDiagnostics
{
    /// <summary>The end comes before the deprecation.</summary>
    public static readonly DiagnosticDescriptor DatesReversed = new("HG2680", DiagnosticSeverity.Error, "Sunset before deprecation");

    /// <summary>A successor that cannot stand in a header field.</summary>
    public static readonly DiagnosticDescriptor BadSuccessor = new("HG2682", DiagnosticSeverity.Error, "Successor is no URL");

    /// <summary>Gone, but never.</summary>
    public static readonly DiagnosticDescriptor GoneWithoutDate = new("HG2681", DiagnosticSeverity.Error, "Gone without a date");
}
