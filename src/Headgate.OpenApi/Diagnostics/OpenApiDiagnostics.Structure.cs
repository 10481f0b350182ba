namespace Headgate.OpenApi.Diagnostics;

internal static partial class OpenApiDiagnostics
{
    public static readonly DiagnosticDescriptor WrongKind = Error("HG1201", "Value of the wrong type");
    public static readonly DiagnosticDescriptor MissingField = Error("HG1202", "Required field missing");
    public static readonly DiagnosticDescriptor UnknownField = Error("HG1203", "Unknown field");
    public static readonly DiagnosticDescriptor FieldOfOtherVersion = Error("HG1204", "Field of another OpenAPI version");
    public static readonly DiagnosticDescriptor ValueNotAllowed = Error("HG1205", "Value not allowed here");
    public static readonly DiagnosticDescriptor TooFew = Error("HG1206", "Too few members");
    public static readonly DiagnosticDescriptor BadKey = Error("HG1207", "Key not allowed here");
    public static readonly DiagnosticDescriptor NoContainers = Error("HG1208", "Neither paths, nor webhooks, nor components");
    public static readonly DiagnosticDescriptor ExclusiveFields = Error("HG1209", "Fields that exclude each other");
    public static readonly DiagnosticDescriptor SchemaOrContent = Error("HG1210", "Neither or both of schema and content");
    public static readonly DiagnosticDescriptor StyleNotAllowed = Error("HG1211", "Style not allowed for this location");
    public static readonly DiagnosticDescriptor AllowReservedNotAllowed = Error("HG1212", "allowReserved not allowed for this location");
    public static readonly DiagnosticDescriptor AllowEmptyNotAllowed = Error("HG1213", "allowEmptyValue not allowed for this location");
    public static readonly DiagnosticDescriptor SchemeIncomplete = Error("HG1214", "Security scheme lacks a field of its type");
    public static readonly DiagnosticDescriptor UnknownKeyword = Warning("HG1215", "Unknown schema keyword");
    public static readonly DiagnosticDescriptor DuplicateItem = Error("HG1216", "Item listed twice");
    public static readonly DiagnosticDescriptor MisplacedExtension = Error("HG1217", "x-gateway extension where it has no effect");
    public static readonly DiagnosticDescriptor IgnoredBesideReference = Warning("HG1218", "Field beside $ref is ignored");
    public static readonly DiagnosticDescriptor PathParameterOptional = Error("HG1219", "Path parameter is not required");
    public static readonly DiagnosticDescriptor FixedMethodAsAdditional = Error("HG1220", "additionalOperations names a method that has its own field");
    public static readonly DiagnosticDescriptor OutOfRange = Error("HG1221", "Number out of range");
}
