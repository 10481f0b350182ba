namespace Headgate.Server.Admin;

/// <summary>Marks the connections of the probes' own listener, on which the admin API does not exist.</summary>
internal sealed class ProbesOnly
{
    public static ProbesOnly Instance { get; } = new();
}
