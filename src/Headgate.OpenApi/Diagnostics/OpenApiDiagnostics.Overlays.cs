namespace Headgate.OpenApi.Diagnostics;

internal static partial class OpenApiDiagnostics
{
    public static readonly DiagnosticDescriptor NotAnOverlay = Error("HG1101", "Not an Overlay document of version 1.0 or 1.1");
    public static readonly DiagnosticDescriptor BadJsonPath = Error("HG1102", "JSONPath syntax error");
    public static readonly DiagnosticDescriptor UnsupportedJsonPath = Error("HG1103", "JSONPath feature that is not supported");
    public static readonly DiagnosticDescriptor NoMatch = Warning("HG1104", "Overlay target selects nothing");
    public static readonly DiagnosticDescriptor UpdateMismatch = Error("HG1105", "Overlay update does not fit its target");
    public static readonly DiagnosticDescriptor RemoveRoot = Error("HG1106", "Overlay removes the whole document");
    public static readonly DiagnosticDescriptor ExtendsOther = Error("HG1107", "Overlay extends none of the documents");
    public static readonly DiagnosticDescriptor ActionWithoutEffect = Error("HG1108", "Overlay action without update, remove or copy");
    public static readonly DiagnosticDescriptor CopySource = Error("HG1109", "Overlay copy does not select one value");
}
