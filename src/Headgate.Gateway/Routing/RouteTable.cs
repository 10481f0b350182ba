namespace Headgate.Gateway.Routing;

/// <summary>Path and method to operation.</summary>
public sealed class RouteTable
{
    /// <summary>The table without routes.</summary>
    public static RouteTable Empty { get; } = new();
}
