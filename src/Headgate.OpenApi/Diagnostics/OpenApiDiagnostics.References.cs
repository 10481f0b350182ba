namespace Headgate.OpenApi.Diagnostics;

internal static partial class OpenApiDiagnostics
{
    public static readonly DiagnosticDescriptor Unresolvable = Error("HG1301", "Reference to nothing");
    public static readonly DiagnosticDescriptor FileOutside = Error("HG1302", "Reference to a file outside the document's directory");
    public static readonly DiagnosticDescriptor RemoteReference = Error("HG1303", "Reference over the network");
    public static readonly DiagnosticDescriptor UnusedRemoteReference = Warning("HG1304", "Unused reference over the network");
    public static readonly DiagnosticDescriptor ReferenceCycle = Error("HG1305", "References that lead in a circle");
    public static readonly DiagnosticDescriptor BadReference = Error("HG1306", "Malformed reference");
    public static readonly DiagnosticDescriptor WrongTarget = Error("HG1308", "Reference to something of another kind");
    public static readonly DiagnosticDescriptor SchemaId = Warning("HG1307", "$id is not used to resolve references");
}
