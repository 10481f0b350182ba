using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Extensions;

namespace Headgate.Integration.Idempotency;

/// <summary>What <c>x-gateway-idempotency</c> says: how <c>Idempotency-Key</c> is treated by one operation.</summary>
public sealed record IdempotencyExtension : IdempotencySettings
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-idempotency",
        typeof(IdempotencyExtension),
        ExtensionLocations.Operation,
        "How `Idempotency-Key` is treated, so that a repeated request happens once.");
}
