namespace Headgate.OpenApi.Diagnostics;

internal static partial class OpenApiDiagnostics
{
    public static readonly DiagnosticDescriptor FileNotFound = Error("HG1001", "File not found");
    public static readonly DiagnosticDescriptor FileUnreadable = Error("HG1002", "File cannot be read");
    public static readonly DiagnosticDescriptor NotUtf8 = Error("HG1003", "File is not UTF-8");
    public static readonly DiagnosticDescriptor EmptyDocument = Error("HG1004", "Document is empty");
    public static readonly DiagnosticDescriptor JsonSyntax = Error("HG1005", "JSON syntax error");
    public static readonly DiagnosticDescriptor JsonComment = Error("HG1006", "Comment in JSON");
    public static readonly DiagnosticDescriptor JsonTrailingComma = Error("HG1007", "Trailing comma in JSON");
    public static readonly DiagnosticDescriptor YamlSyntax = Error("HG1008", "YAML syntax error");
    public static readonly DiagnosticDescriptor DuplicateKey = Error("HG1009", "Key written twice");
    public static readonly DiagnosticDescriptor YamlSeveralDocuments = Error("HG1010", "Several YAML documents in one file");
    public static readonly DiagnosticDescriptor YamlUnknownTag = Error("HG1011", "YAML tag outside the core schema");
    public static readonly DiagnosticDescriptor YamlUndefinedAlias = Error("HG1012", "YAML alias without anchor");
    public static readonly DiagnosticDescriptor YamlRecursiveAlias = Error("HG1013", "YAML alias to a value that contains it");
    public static readonly DiagnosticDescriptor YamlKeyNotScalar = Error("HG1014", "YAML key is not a scalar");
    public static readonly DiagnosticDescriptor YamlNotJson = Error("HG1015", "YAML value that JSON cannot express");
    public static readonly DiagnosticDescriptor YamlBadMerge = Error("HG1016", "YAML merge key without a mapping");

    public static readonly DiagnosticDescriptor FileTooLarge = Error("HG1020", "File over the size limit");
    public static readonly DiagnosticDescriptor NestingTooDeep = Error("HG1021", "Nesting over the depth limit");
    public static readonly DiagnosticDescriptor TooManyNodes = Error("HG1022", "More values than the limit");
    public static readonly DiagnosticDescriptor AliasExpansion = Error("HG1023", "YAML aliases expand beyond the limit");
    public static readonly DiagnosticDescriptor ScalarTooLong = Error("HG1024", "String over the length limit");
    public static readonly DiagnosticDescriptor ReferenceChainTooLong = Error("HG1025", "Chain of references over the limit");
    public static readonly DiagnosticDescriptor TooManyFiles = Error("HG1026", "More referenced files than the limit");
    public static readonly DiagnosticDescriptor TooManyFindings = Warning("HG1027", "More findings than are shown");
    public static readonly DiagnosticDescriptor TooManyBasePaths = Error("HG1028", "Servers expand to more base paths than the limit");
    public static readonly DiagnosticDescriptor QueryTooCostly = Error("HG1029", "JSONPath over the work limit");

    public static readonly DiagnosticDescriptor NotOpenApi = Error("HG1030", "Not an OpenAPI document");
    public static readonly DiagnosticDescriptor Swagger2 = Error("HG1031", "OpenAPI 2.0 (Swagger) document");
    public static readonly DiagnosticDescriptor UnsupportedVersion = Error("HG1032", "Unsupported OpenAPI version");
}
