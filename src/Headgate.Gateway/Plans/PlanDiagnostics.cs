using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Plans;

/// <summary>What compiling a plan can find. Codes HG3000–HG3499.</summary>
public static class PlanDiagnostics
{
    /// <summary>An operation has no service to go to.</summary>
    public static readonly DiagnosticDescriptor NoBackend = new("HG3001", DiagnosticSeverity.Error, "An operation has no service to go to");

    /// <summary>A placeholder of a backend path cannot be filled.</summary>
    public static readonly DiagnosticDescriptor TargetNotResolvable = new("HG3002", DiagnosticSeverity.Error, "A backend path cannot be filled");

    /// <summary>Two operations, of two documents or of one under its base paths, have the same method and path.</summary>
    public static readonly DiagnosticDescriptor RouteTaken = new("HG3003", DiagnosticSeverity.Error, "Another operation has this path and method");

    /// <summary>A security scheme is declared that this build cannot enforce.</summary>
    public static readonly DiagnosticDescriptor SecurityNotEnforceable = new("HG3004", DiagnosticSeverity.Error, "A security scheme cannot be enforced");

    /// <summary>Security is left to the upstreams.</summary>
    public static readonly DiagnosticDescriptor SecurityPassedThrough = new("HG3005", DiagnosticSeverity.Warning, "Security is left to the upstreams");

    /// <summary>An operation's handler does not exist yet: it answers 501, or goes to its backend instead.</summary>
    public static readonly DiagnosticDescriptor HandlerNotBuilt = new("HG3006", DiagnosticSeverity.Warning, "An operation's handler does not exist yet");

    /// <summary>CORS allows credentials for any origin.</summary>
    public static readonly DiagnosticDescriptor CorsCredentialsForAnyOrigin = new("HG3007", DiagnosticSeverity.Error, "CORS allows credentials for any origin");

    /// <summary>A service has no address.</summary>
    public static readonly DiagnosticDescriptor ServiceWithoutAddress = new("HG3008", DiagnosticSeverity.Error, "A service has no address");

    /// <summary>A document refers to a secret that is not there, or cannot be used.</summary>
    public static readonly DiagnosticDescriptor SecretMissing = new("HG3010", DiagnosticSeverity.Error, "A secret is missing or unfit");

    /// <summary>Two documents have the same name, so their metrics and logs could not be told apart.</summary>
    public static readonly DiagnosticDescriptor DocumentNameTaken = new("HG3009", DiagnosticSeverity.Error, "Another document has this name");

    /// <summary>A document declares a path that Headgate itself answers.</summary>
    public static readonly DiagnosticDescriptor BuiltInPathTaken = new("HG3030", DiagnosticSeverity.Error, "Headgate itself answers this path and method");
}
