namespace Headgate.Server.Reporting;

/// <summary>What a purge came to.</summary>
/// <param name="Purged">How many stored answers went.</param>
internal sealed record PurgeReport(int Purged);
