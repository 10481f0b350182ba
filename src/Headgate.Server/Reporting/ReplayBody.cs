namespace Headgate.Server.Reporting;

/// <summary>From where a subscription is to go on.</summary>
internal sealed record ReplayBody(long After);
