namespace Headgate.Server.Reporting;

/// <summary>Another secret for a key.</summary>
/// <param name="Overlap">How long the present one is accepted beside it; null for the default.</param>
internal sealed record RotateKeyRequest(string? Overlap);
