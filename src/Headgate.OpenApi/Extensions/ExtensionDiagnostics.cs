using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Extensions;

/// <summary>What can be wrong with an <c>x-gateway-*</c> extension whatever feature it belongs to. Codes HG2000 to HG2499.</summary>
public static class ExtensionDiagnostics
{
    /// <summary>An <c>x-gateway-*</c> key that no feature of this build knows.</summary>
    public static readonly DiagnosticDescriptor UnknownExtension = Error("HG2001", "Unknown extension");

    /// <summary>An <c>x-*</c> key that looks like a misspelt <c>x-gateway-*</c> key.</summary>
    public static readonly DiagnosticDescriptor MisspeltExtension = Warning("HG2002", "Probably misspelt extension");

    /// <summary>An extension at a place where it means nothing.</summary>
    public static readonly DiagnosticDescriptor WrongPlace = Error("HG2003", "Extension at the wrong place");

    /// <summary>A key that the extension does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSetting = Error("HG2004", "Unknown setting");

    /// <summary>A value of another type than the setting's.</summary>
    public static readonly DiagnosticDescriptor WrongType = Error("HG2005", "Wrong type");

    /// <summary>A setting without which the extension means nothing.</summary>
    public static readonly DiagnosticDescriptor MissingSetting = Error("HG2006", "Missing setting");

    /// <summary>A number, duration, size or count beyond what is allowed.</summary>
    public static readonly DiagnosticDescriptor OutOfRange = Error("HG2007", "Value out of range");

    /// <summary>A text that is not a duration.</summary>
    public static readonly DiagnosticDescriptor BadDuration = Error("HG2008", "Malformed duration");

    /// <summary>A text that is not a size.</summary>
    public static readonly DiagnosticDescriptor BadSize = Error("HG2009", "Malformed size");

    /// <summary>A text that is none of the names that the setting knows.</summary>
    public static readonly DiagnosticDescriptor UnknownName = Error("HG2010", "Unknown value");

    /// <summary>The same setting under two of its keys.</summary>
    public static readonly DiagnosticDescriptor GivenTwice = Error("HG2011", "Setting given twice");

    /// <summary>A string that does not look as the setting wants it.</summary>
    public static readonly DiagnosticDescriptor BadFormat = Error("HG2012", "Malformed value");

    /// <summary>A free name that is nearly the name of a setting.</summary>
    public static readonly DiagnosticDescriptor NearlySetting = Warning("HG2013", "Probably misspelt setting");

    /// <summary>An expression that cannot be read.</summary>
    public static readonly DiagnosticDescriptor BadExpression = Error("HG2030", "Malformed expression");

    /// <summary>A request target that cannot be read.</summary>
    public static readonly DiagnosticDescriptor BadTarget = Error("HG2031", "Malformed request target");

    /// <summary>An expression or placeholder that no request can ever fill.</summary>
    public static readonly DiagnosticDescriptor NeverResolves = Error("HG2040", "Expression never resolves");

    /// <summary>An expression that names a query parameter or header which the operation does not declare.</summary>
    public static readonly DiagnosticDescriptor UndeclaredParameter = Warning("HG2041", "Undeclared parameter in an expression");

    /// <summary>A placeholder that only a claim could fill, and whose name is nearly that of a parameter.</summary>
    public static readonly DiagnosticDescriptor OnlyFromClaim = Warning("HG2042", "Placeholder resolves from a claim only");

    /// <summary>An extension or setting that is read and checked, and on which nothing in this build acts.</summary>
    public static readonly DiagnosticDescriptor NotEnforced = Warning("HG2100", "Not enforced yet");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
