namespace Headgate.OpenApi.Diagnostics;

internal static partial class OpenApiDiagnostics
{
    public static readonly DiagnosticDescriptor AmbiguousPaths = Error("HG1401", "Path templates that match the same paths");
    public static readonly DiagnosticDescriptor DuplicateOperationId = Error("HG1402", "operationId used twice");
    public static readonly DiagnosticDescriptor UndeclaredPathParameter = Warning("HG1403", "Path template names an undeclared parameter");
    public static readonly DiagnosticDescriptor UndefinedSecurityScheme = Warning("HG1404", "Security requirement names an undefined scheme");
    public static readonly DiagnosticDescriptor PathParameterNotInTemplate = Warning("HG1405", "Path parameter missing in the path template");
    public static readonly DiagnosticDescriptor DuplicateParameter = Error("HG1406", "Parameter declared twice");
    public static readonly DiagnosticDescriptor BadPathTemplate = Error("HG1407", "Malformed path template");
    public static readonly DiagnosticDescriptor BadServerUrl = Error("HG1408", "Malformed server URL");
    public static readonly DiagnosticDescriptor UndefinedServerVariable = Error("HG1409", "Server URL names an undefined variable");
    public static readonly DiagnosticDescriptor ServerDefaultNotInEnum = Warning("HG1410", "Default of a server variable is not in its enum");
    public static readonly DiagnosticDescriptor IgnoredHeaderParameter = Warning("HG1411", "Header parameter that OpenAPI ignores");
}
