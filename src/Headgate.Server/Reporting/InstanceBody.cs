namespace Headgate.Server.Reporting;

/// <summary>Names an instance of a service.</summary>
/// <param name="Instance">Its address.</param>
internal sealed record InstanceBody(string Instance);
