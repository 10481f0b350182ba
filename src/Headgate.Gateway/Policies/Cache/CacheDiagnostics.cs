using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What compiling caching can find. Codes HG2760–HG2789.</summary>
public static class CacheDiagnostics
{
    /// <summary>Caching is declared for an operation whose answers are not stored.</summary>
    public static readonly DiagnosticDescriptor MethodNotCached = new("HG2760", DiagnosticSeverity.Warning, "Answers to this method are not stored");

    /// <summary>The last good answer is asked for as fallback, and none is stored.</summary>
    public static readonly DiagnosticDescriptor FallbackNotStored = new("HG2762", DiagnosticSeverity.Error, "No answer is stored that could stand in");

    /// <summary>An answer of the declared size would not fit into the cache's memory.</summary>
    public static readonly DiagnosticDescriptor SizeBeyondMemory = new("HG2761", DiagnosticSeverity.Warning, "An answer of this size is not stored");
}
