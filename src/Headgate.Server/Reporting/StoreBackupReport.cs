namespace Headgate.Server.Reporting;

/// <summary>What <c>headgate store backup</c> wrote.</summary>
internal sealed record StoreBackupReport(string Place, string File, long SizeBytes);
