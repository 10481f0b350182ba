namespace Headgate.Server.Hosting;

/// <summary>The life of an instance as load balancers see it.</summary>
internal enum ReadinessState
{
    /// <summary>Not open yet.</summary>
    Starting,

    /// <summary>Serving.</summary>
    Ready,

    /// <summary>Finishing what is under way.</summary>
    Draining,
}
