namespace Headgate.Server.Reporting;

/// <summary>The roles of the store that requests are checked against.</summary>
/// <param name="Version">How many changes of the store they have.</param>
/// <param name="ReadAt">When the store was read last; while it cannot be read they stay as they were then.</param>
internal sealed record KnownRolesReport(long Version, DateTimeOffset? ReadAt);
