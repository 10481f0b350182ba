using Headgate.OpenApi.Diagnostics;

namespace Headgate.Integration.Idempotency;

/// <summary>What can be wrong with <c>x-gateway-idempotency</c>. Codes HG2720 to HG2729.</summary>
public static class IdempotencyDiagnostics
{
    /// <summary>A method that is safe anyway.</summary>
    public static readonly DiagnosticDescriptor SafeMethod = new("HG2720", DiagnosticSeverity.Error, "Idempotency key on a safe method");
}
