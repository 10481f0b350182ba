using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Configuration;

/// <summary>What can be wrong with <c>x-gateway-config</c> and with what refers to it. Codes HG2500 to HG2529.</summary>
public static class ConfigDiagnostics
{
    /// <summary>A service that neither the document nor the instance's settings know.</summary>
    public static readonly DiagnosticDescriptor UnknownService = Error("HG2500", "Unknown service");

    /// <summary>A named timeout that the document does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownTimeout = Error("HG2501", "Unknown timeout");

    /// <summary>A service whose address is given in two ways.</summary>
    public static readonly DiagnosticDescriptor TwoAddresses = Error("HG2502", "Address given in two ways");

    /// <summary>Weights that do not fit the addresses.</summary>
    public static readonly DiagnosticDescriptor BadWeights = Error("HG2503", "Weights do not fit the addresses");

    /// <summary>A key of <c>by_endpoint</c> that is not <c>METHOD /path</c>.</summary>
    public static readonly DiagnosticDescriptor BadEndpoint = Error("HG2504", "Malformed endpoint");

    /// <summary>A key of <c>by_endpoint</c> that means no operation.</summary>
    public static readonly DiagnosticDescriptor UnmatchedEndpoint = Warning("HG2505", "Endpoint without operation");

    /// <summary>Two limits of one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateLimit = Error("HG2506", "Duplicate limit");

    /// <summary>A retry whose longest delay is shorter than its first.</summary>
    public static readonly DiagnosticDescriptor DelaysReversed = Error("HG2507", "Longest delay shorter than the first");

    /// <summary>A document that is versioned without saying its version.</summary>
    public static readonly DiagnosticDescriptor UnknownVersion = Error("HG2516", "Version without a name");

    /// <summary>A burst that takes longer than a lifetime to be earned again.</summary>
    public static readonly DiagnosticDescriptor EndlessBurst = Error("HG2515", "Endless burst");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
