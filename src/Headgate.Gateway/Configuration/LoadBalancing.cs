namespace Headgate.Gateway.Configuration;

/// <summary>How an instance of a service is chosen.</summary>
public enum LoadBalancing
{
    /// <summary>Of two instances at random the one with fewer requests under way.</summary>
    LeastRequests,

    /// <summary>One after the other, by weight.</summary>
    RoundRobin,

    /// <summary>At random, by weight.</summary>
    Random,
}
