using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What can be wrong with <c>x-gateway-jwt</c>. Codes HG2660 to HG2669.</summary>
public static class JwtDiagnostics
{
    /// <summary>A security scheme whose credentials are no tokens.</summary>
    public static readonly DiagnosticDescriptor WrongScheme = Error("HG2660", "Not a scheme of tokens");

    /// <summary>Neither issuer nor keys.</summary>
    public static readonly DiagnosticDescriptor NoIssuer = Error("HG2661", "No issuer and no keys");

    /// <summary>Keys from a file and from a URI, or from neither.</summary>
    public static readonly DiagnosticDescriptor BadKeySource = Error("HG2662", "Keys from one source");

    /// <summary>Tokens of any audience are accepted.</summary>
    public static readonly DiagnosticDescriptor AnyAudience = Warning("HG2663", "Any audience is accepted");

    /// <summary>Keys would be fetched over a connection that anybody could have changed.</summary>
    public static readonly DiagnosticDescriptor InsecureKeySource = Error("HG2664", "Keys over an unprotected connection");

    /// <summary>The file of the keys cannot be read, or has none that can be used.</summary>
    public static readonly DiagnosticDescriptor KeysUnreadable = Error("HG2665", "Keys cannot be read");

    /// <summary>An algorithm that this platform does not have.</summary>
    public static readonly DiagnosticDescriptor AlgorithmUnavailable = Warning("HG2666", "Algorithm is not available here");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
