using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>What can be wrong with <c>x-gateway-static</c>. Codes HG2800 to HG2809.</summary>
public static class StaticDiagnostics
{
    /// <summary>An example that the document does not have.</summary>
    public static readonly DiagnosticDescriptor NoExample = Error("HG2800", "No example to answer with");

    /// <summary>A status that the operation does not declare.</summary>
    public static readonly DiagnosticDescriptor StatusNotDeclared = Error("HG2801", "Status of a static answer not declared");

    /// <summary>A media type that the operation does not declare for the status.</summary>
    public static readonly DiagnosticDescriptor TypeNotDeclared = Error("HG2802", "Media type of a static answer not declared");

    /// <summary>A value that cannot be written in the media type.</summary>
    public static readonly DiagnosticDescriptor NotWritable = Error("HG2803", "Static answer not writable in its media type");

    /// <summary>A body under a status that allows none.</summary>
    public static readonly DiagnosticDescriptor BodyNotAllowed = Error("HG2804", "Static answer may have no body");

    /// <summary>A header field that is not the document's to set.</summary>
    public static readonly DiagnosticDescriptor OwnField = Error("HG2805", "Field of Headgate's own in a static answer");

    /// <summary>A body and an example at once.</summary>
    public static readonly DiagnosticDescriptor BodyAndExample = Error("HG2806", "Static answer said twice");

    /// <summary>A cache of what is in memory anyway.</summary>
    public static readonly DiagnosticDescriptor NotCached = new("HG2807", DiagnosticSeverity.Warning, "Static answers are not cached");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
