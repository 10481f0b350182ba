namespace Headgate.Server.Reporting;

/// <summary>What <c>headgate store migrate</c> did.</summary>
internal sealed record StoreMigrateReport(string Place, IReadOnlyList<MigrationReport> Applied);
