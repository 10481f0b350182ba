using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>What can be wrong with schemes of service accounts. Codes HG2685 to HG2689.</summary>
public static class ServiceAccountDiagnostics
{
    /// <summary>A scheme has flows that Headgate does not offer.</summary>
    public static readonly DiagnosticDescriptor FlowNotOffered = new("HG2685", DiagnosticSeverity.Warning, "A flow that Headgate does not offer");

    /// <summary>Instances that share a store have no common name.</summary>
    public static readonly DiagnosticDescriptor IssuerUnnamed = new("HG2686", DiagnosticSeverity.Warning, "Instances without a common issuer");
}
