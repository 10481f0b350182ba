using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Schemas;

/// <summary>The findings of the schema compiler, HG1500 to HG1599.</summary>
internal static class SchemaDiagnostics
{
    public static readonly DiagnosticDescriptor BadPattern = Error("HG1501", "Pattern that is no regular expression of ECMA-262");
    public static readonly DiagnosticDescriptor SlowPattern = Warning("HG1502", "Pattern that needs backtracking");
    public static readonly DiagnosticDescriptor EndlessSchema = Error("HG1503", "Schema that leads back to itself at the same value");
    public static readonly DiagnosticDescriptor BadStep = Error("HG1504", "multipleOf that cannot be computed exactly");
    public static readonly DiagnosticDescriptor NotASchema = Error("HG1505", "Neither a schema nor a boolean");
    public static readonly DiagnosticDescriptor Unresolvable = Error("HG1506", "Schema reference to nothing");
    public static readonly DiagnosticDescriptor BadConstant = Error("HG1507", "Constant beyond the limits of values");
    public static readonly DiagnosticDescriptor BadMapping = Warning("HG1508", "Discriminator mapping that leads to none of the schemas");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
