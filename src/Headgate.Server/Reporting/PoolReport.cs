namespace Headgate.Server.Reporting;

/// <summary>The connections to an instance of a service.</summary>
/// <param name="Open">All of them.</param>
/// <param name="Idle">Those that wait for a call.</param>
/// <param name="InUse">The others.</param>
internal sealed record PoolReport(int Open, int Idle, int InUse);
