namespace Headgate.Server.Reporting;

/// <summary>The last reload of a running instance.</summary>
internal sealed record LastReload(DateTimeOffset At, string Trigger, double Milliseconds, bool Succeeded);
