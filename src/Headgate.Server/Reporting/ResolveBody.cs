namespace Headgate.Server.Reporting;

/// <summary>What was done about an operation that needed attention.</summary>
internal sealed record ResolveBody(string Note);
