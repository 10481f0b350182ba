using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Aggregation;

/// <summary>What can be wrong with <c>x-gateway-aggregate</c>. Codes HG2600 to HG2619, HG2764 and HG2930 to HG2939.</summary>
public static class AggregateDiagnostics
{
    /// <summary>Two parts with one field.</summary>
    public static readonly DiagnosticDescriptor DuplicateField = Error("HG2600", "Two parts with one field");

    /// <summary>A part that waits for one that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownPart = Error("HG2601", "Unknown part");

    /// <summary>Parts that wait for each other.</summary>
    public static readonly DiagnosticDescriptor Cycle = Error("HG2602", "Parts wait for each other");

    /// <summary>A part whose field is the one that tells of failures.</summary>
    public static readonly DiagnosticDescriptor ReservedField = Error("HG2930", "A field that is taken");

    /// <summary>A part whose method has answers without content.</summary>
    public static readonly DiagnosticDescriptor NoContent = Error("HG2931", "No answer that can be a part");

    /// <summary>A part with a cache that stores none of its answers.</summary>
    public static readonly DiagnosticDescriptor PartNotCached = new("HG2764", DiagnosticSeverity.Warning, "Answers of this part are not stored");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
